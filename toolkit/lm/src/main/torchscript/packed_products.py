"""Products with packed matrices: oneDNN's kernels; the same arithmetic in fp32, other rounding.

oneDNN's own block layout is fastest at every number of rows that was measured (1 to 1,024), and one
packing serves them all. The decoder gives the plain weights of the layers up for the packed copies;
a trainer keeps both, for its backward pass needs them. Without copies `multiply` uses the plain ones.
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
        if len(self.packs) == 0:
            for i in range(len(self.ws)):
                self.pack_place(i)
        return 0

    def pack_place(self, i: int) -> int:
        """Packs what stands at i, behind all before it; 1 where there is a packed copy then."""
        w = self.ws[i]
        if i == layout.HEAD or self.matrix(i):
            self.packs.append(torch.ops.mkldnn._reorder_linear_weight(w, kernel.PACKED_ROWS))
            return 1
        self.packs.append(w)
        return 0

    def multiply(self, x: Tensor, index: int, bias: Optional[Tensor]) -> Tensor:
        if len(self.packs) == 0:
            return F.linear(x, self.ws[index], bias)
        return self.product(x, self.packs[index], bias)
