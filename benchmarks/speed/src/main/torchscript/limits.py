"""Products and memory traffic, so that they run on the decoder's own kernels (LimitMeter)."""

from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor


class Limits:
    """What the machine can do; each method does its work once or `times` times."""

    left: List[Tensor]
    right: List[Tensor]

    def prepare(self, rows: int, inputs: int, outputs: int, dtype: int) -> int:
        """Makes x [rows, inputs] and w [outputs, inputs]; int8 weights are quantized from fp32."""
        kept = dtype
        if dtype == torch.int8:
            kept = torch.float32
        self.left = [torch.randn([rows, inputs], dtype=torch.float32).to(kept)]
        self.right = [torch.randn([outputs, inputs], dtype=torch.float32).to(kept)]
        return 0

    def products(self, times: int) -> float:
        x = self.left[0]
        w = self.right[0]
        y = F.linear(x, w)
        for i in range(times - 1):
            y = F.linear(x, w)
        return float(y[0, 0])

    def small_products(self, times: int) -> float:
        """Weights in 8 bits, activations quantized on the fly."""
        x = self.left[0]
        w = self.right[0]
        scales = torch.amax(torch.abs(w), 1).to(torch.float64) / 127.0
        zeros = torch.zeros([w.size(0)], dtype=torch.int64)
        quantized = torch.quantize_per_channel(w, scales, zeros, 0, torch.qint8)
        packed = torch.ops.quantized.linear_prepack(quantized, None)
        y = torch.ops.quantized.linear_dynamic(x, packed, True)
        for i in range(times - 1):
            y = torch.ops.quantized.linear_dynamic(x, packed, True)
        return float(y[0, 0])

    def fill(self, elements: int) -> int:
        """Three tensors for read, total and triad."""
        self.left = [
            torch.ones([elements], dtype=torch.float32),
            torch.ones([elements], dtype=torch.float32),
            torch.ones([elements], dtype=torch.float32)]
        return 0

    def read(self, columns: int) -> float:
        x = self.left[0].view([-1, columns])
        return float(torch.mv(x, self.left[1][:columns])[0])

    def total(self) -> float:
        return float(self.left[0].sum())

    def triad(self) -> int:
        """a = b + s c."""
        torch.add(self.left[1], self.left[2], alpha=2.5, out=self.left[0])
        return 0

    def forget(self) -> int:
        nothing: List[Tensor] = []
        self.left = nothing
        self.right = nothing
        return 0
