"""What TorchModuleTest compiles."""

from typing import List

import torch
from torch import Tensor


class ScaledProducts:
    ws: List[Tensor]
    scale: float

    def set(self, ws: List[Tensor]) -> int:
        self.ws = ws
        return len(ws)

    def scaled(self, x: Tensor, times: int) -> Tensor:
        return x @ self.ws[0] * self.scale * times

    def gradient(self, x: Tensor) -> Tensor:
        y = (x @ self.ws[0]).sum()
        g = torch.autograd.grad([y], [self.ws[0]])[0]
        assert g is not None
        return g

    def dtype_of(self, x: Tensor) -> int:
        return x.dtype
