"""Making the tensors that hold a model's weights, and writing stored weights and adapters there."""

from typing import List

import torch
from torch import Tensor


class Weights:
    """Calls of DecoderWeights. dtype is libtorch's number, device its name."""

    dtype: int
    device: str

    def sizes(self, shape: Tensor) -> List[int]:
        """A shape's numbers."""
        sizes: List[int] = []
        for i in range(shape.size(0)):
            sizes.append(int(shape[i]))
        return sizes

    def make(self, shape: Tensor) -> Tensor:
        """A tensor of a shape, with whatever stood in its memory."""
        return torch.empty(self.sizes(shape), dtype=self.dtype, device=torch.device(self.device))

    def rows(self, whole: Tensor, start: Tensor, count: Tensor) -> Tensor:
        """A view of some rows."""
        return torch.narrow(whole, 0, int(start), int(count))

    def drop(self, w: Tensor) -> int:
        """Gives a tensor's memory back: it has no elements from then on, wherever it is held."""
        w.set_()
        return 0

    def fetch(self, w: Tensor, memory: Tensor, begin: int, shape: Tensor) -> int:
        """Lets a tensor be a part of some memory, with whatever stands there."""
        count = int(torch.prod(shape))
        w.set_(torch.narrow(memory, 0, begin, count).view(self.sizes(shape)))
        return 0

    def constant(self, x: Tensor) -> Tensor:
        """A copy in fp32."""
        return x.to(torch.device(self.device), torch.float32, False, True)

    def write(self, w: Tensor, x: Tensor, brain: bool, transposed: bool, b: Tensor, a: Tensor,
              scale: float) -> int:
        """Writes stored weights x over w; with an adapter x + scale B A, computed in fp32.

        brain: x is bf16 that travelled as 16-bit numbers. transposed: x is [inputs, outputs].
        """
        y = x
        if brain:
            y = torch.view_copy(x, dtype=torch.bfloat16)
        if transposed:
            y = torch.t(y)
        if a.numel() > 0:
            y = y.to(w.device, torch.float32) + torch.mm(b.to(w.device), a.to(w.device)) * scale
        w.copy_(y)
        return 0
