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

    def pack(self) -> int:
        """Quantizes all matrices, unless that was done before."""
        if len(self.packs) > 0:
            return 0
        packs: List[Tensor] = []
        eights: List[EightBitMatrix] = []
        for i in range(len(self.ws)):
            w = self.ws[i]
            number = -1
            if self.matrix(i):
                largest = torch.clamp_min(w.abs().amax(1), kernel.LEAST_SCALE)
                scale = largest / kernel.EIGHT_BITS
                whole = torch.round(w / scale.unsqueeze(1)).to(torch.int8)
                zero = torch.zeros([w.size(0)], dtype=torch.int64, device=w.device)
                quantized = torch._make_per_channel_quantized_tensor(
                    whole, scale.to(torch.float64), zero, 0)
                eights.append(torch.ops.quantized.linear_prepack(quantized, None))
                number = len(eights) - 1
            # Where a matrix of 8 bits stands, its number.
            if i == layout.HEAD:
                packs.append(torch.ops.mkldnn._reorder_linear_weight(w, kernel.PACKED_ROWS))
            else:
                packs.append(torch.tensor(number, device=w.device))
        self.packs = packs
        self.eights = eights
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
