"""Products of weights and activations in 8 bits, summed in 32-bit integers; the head in fp32.

A row of weights has one scale: its largest magnitude over 127. A row of activations is divided by
its largest magnitude, so that the kernel's one range for all rows, found at every use, is each
row's own (row-wise absmax quantization as in Dettmers et al. 2022, section 2.1, no outlier part).
"""

from typing import List, Optional

import torch
from torch import Tensor

from . import kernel, layout
from .onednn import OneDnn

EightBitMatrix = torch.classes.quantized.LinearPackedParamsBase


class EightBitProducts(OneDnn):
    """multiply(x, index, bias) is about x W' + bias of the matrix at index in ws."""

    ws: List[Tensor]
    packs: List[Tensor]
    eights: List[EightBitMatrix]

    def pack_place(self, i: int) -> int:
        """Quantizes or packs what stands at i, behind all before it; 1 where that was done."""
        if i == 0:
            nothing: List[EightBitMatrix] = []
            self.eights = nothing
        w = self.ws[i]
        if i == layout.HEAD:
            self.packs.append(torch.ops.mkldnn._reorder_linear_weight(w, kernel.PACKED_ROWS))
            return 1
        if not self.matrix(i):
            self.packs.append(torch.tensor(-1, device=w.device))
            return 0
        largest = torch.clamp_min(w.abs().amax(1), kernel.LEAST_SCALE)
        scale = largest / kernel.EIGHT_BITS
        whole = torch.round(w / scale.unsqueeze(1)).to(torch.int8)
        zero = torch.zeros([w.size(0)], dtype=torch.int64, device=w.device)
        quantized = torch._make_per_channel_quantized_tensor(
            whole, scale.to(torch.float64), zero, 0)
        self.eights.append(torch.ops.quantized.linear_prepack(quantized, None))
        # Where a matrix of 8 bits stands, its number.
        self.packs.append(torch.tensor(len(self.eights) - 1, device=w.device))
        return 1

    def multiply(self, x: Tensor, index: int, bias: Optional[Tensor]) -> Tensor:
        if index == layout.HEAD:
            return self.product(x, self.packs[index], bias)
        scale = torch.clamp_min(x.abs().amax(1, True), kernel.LEAST_SCALE)
        matrix = self.eights[int(self.packs[index])]
        y = torch.ops.quantized.linear_dynamic((x / scale).contiguous(), matrix, False)
        y = y.mul_(scale)
        if bias is not None:
            y = y.add_(bias)
        return y
