"""Products with the layers' matrices as they are: on a GPU, and where there is no oneDNN."""

from typing import List, Optional

import torch.nn.functional as F
from torch import Tensor


class PlainProducts:
    """multiply(x, index, bias) is x W' + bias of the matrix at index in ws."""

    ws: List[Tensor]
    packs: List[Tensor]

    def pack(self) -> int:
        """Nothing to pack."""
        return 0

    def pack_place(self, i: int) -> int:
        """Nothing to pack."""
        return 0

    def multiply(self, x: Tensor, index: int, bias: Optional[Tensor]) -> Tensor:
        return F.linear(x, self.ws[index], bias)
