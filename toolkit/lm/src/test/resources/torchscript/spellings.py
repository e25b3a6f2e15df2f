"""What TorchSourceTest reads."""

import math
from typing import List

import torch
from torch import Tensor

from . import kernel, layout
from .spelling_base import SpellingBase

EightBitMatrix = torch.classes.quantized.LinearPackedParamsBase


class Spellings(SpellingBase):
    """A class's docstring goes."""

    eights: List[EightBitMatrix]

    def spelled(self, x: Tensor) -> Tensor:
        """As a method's does,

        also a longer one.
        """
        y = torch.ops.aten.linear(x, self.ws[layout.HEAD])
        n = torch.linalg.vector_norm(y, 2)
        return self.base(y.masked_fill(n > kernel.COLDEST, -math.inf))
