"""oneDNN's own kernel for products in fp32 and bf16, on x86 processors."""

from typing import List, Optional, Union

import torch
from torch import Tensor

from . import layout

number = Union[int, float, complex]


class OneDnn:
    """A product with a matrix in oneDNN's layout, and which weights are matrices of layers."""

    def matrix(self, index: int) -> bool:
        """Whether ws holds a layer's matrix at index."""
        part = (index - layout.FIRST_LAYER) % layout.PER_LAYER
        return index >= layout.FIRST_LAYER and (
            part == layout.QUERY_KEY_VALUE
            or part == layout.OUTPUT
            or part == layout.GATE_UP
            or part == layout.DOWN)

    def product(self, x: Tensor, w: Tensor, bias: Optional[Tensor]) -> Tensor:
        """x W' + bias. The kernel could go on with an activation: none, without its numbers."""
        numbers: List[Optional[number]] = []
        return torch.ops.mkldnn._linear_pointwise(x.contiguous(), w, bias, "none", numbers, None)
