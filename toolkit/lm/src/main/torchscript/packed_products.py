"""Products with packed matrices: oneDNN's kernels; the same arithmetic in fp32, other rounding.

oneDNN's own block layout is fastest at every number of rows that was measured (1 to 1,024), and one
packing serves them all. Packed copies stand beside the plain weights, which the embedding and the
backward pass need; without copies `multiply` uses the plain ones.
"""

from typing import List, Optional

import torch
import torch.nn.functional as F
from torch import Tensor

from . import kernel, layout
from .onednn import OneDnn


class PackedProducts(OneDnn):
    """multiply(x, index, bias) is x W' + bias of the matrix at index in ws."""

    ws: List[Tensor]
    packs: List[Tensor]

    def pack(self) -> int:
        """Packs all matrices, unless that was done before."""
        if len(self.packs) > 0:
            return 0
        packs: List[Tensor] = []
        for i in range(len(self.ws)):
            w = self.ws[i]
            if i == layout.HEAD or self.matrix(i):
                packs.append(torch.ops.mkldnn._reorder_linear_weight(w, kernel.PACKED_ROWS))
            else:
                packs.append(w)
        self.packs = packs
        return 1

    def multiply(self, x: Tensor, index: int, bias: Optional[Tensor]) -> Tensor:
        if len(self.packs) == 0:
            return F.linear(x, self.ws[index], bias)
        return self.product(x, self.packs[index], bias)
