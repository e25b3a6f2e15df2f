"""What a model's family decides about a layer: embedding, norms, rotation, activation, window.

Rows are tokens; x and h are [rows, hidden]. Weights stand in `ws`, see layout.py. Whoever uses this
adds the linear layers, with an adapter, packed, or plain:

    widen(h, layer) -> (gate, up)    [rows, intermediate]; without a gate the first is not looked at
    narrow(h, layer) -> x            [rows, hidden]

and attention: the projections into heads and out of them, and what lies between.
"""

from typing import List, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from . import kernel, layout


class Layers:
    """The parts of a layer that decoder and trainer share."""

    ws: List[Tensor]
    tables: List[Tensor]
    windowed: List[int]
    heads: int
    kvheads: int
    width: int
    epsilon: float
    centred: bool
    rotary: bool
    headnorms: bool
    gated: bool
    window: int

    def set_layers(self, ws: List[Tensor], windowed: List[int]) -> int:
        """Takes the weights and, layer by layer, 1 where attention has the window."""
        self.ws = ws
        self.windowed = windowed
        return 0

    def index_of(self, layer: int, part: int) -> int:
        """Where in ws a part of a layer stands."""
        return layout.FIRST_LAYER + layout.PER_LAYER * layer + part

    def padded(self, length: int) -> int:
        """The next multiple of what kernels like."""
        return (length + kernel.ROWS - 1) // kernel.ROWS * kernel.ROWS

    def prepare(self, length: int) -> int:
        """Sines and cosines of all positions below length; a table only ever grows."""
        if not self.rotary:
            return 0
        if len(self.tables) > 0 and self.tables[0].size(0) >= length:
            return 0
        size = kernel.ANGLES
        while size < length:
            size = 2 * size
        rates = self.ws[layout.FREQUENCIES]
        angles = torch.outer(torch.arange(size, dtype=torch.float32, device=rates.device), rates)
        cos = torch.cos(angles)
        sin = torch.sin(angles)
        self.tables = [torch.cat([cos, cos], -1), torch.cat([-sin, sin], -1)]
        return size

    def norm(self, x: Tensor, index: int) -> Tensor:
        """Layer norm or RMS norm (Zhang and Sennrich 2019) with the weight at index."""
        if self.centred:
            return torch.layer_norm(
                x, [x.size(-1)], self.ws[index], self.ws[index + 1], self.epsilon)
        if x.dtype == torch.bfloat16:
            # In bf16 rms_norm copies everything to fp32 and back: ten times the arithmetic's cost.
            length = torch.linalg.vector_norm(x, 2, [-1], True, dtype=torch.float32)
            scale = torch.rsqrt(length * length / x.size(-1) + self.epsilon)
            return (x * self.ws[index]).mul_(scale)
        return torch.rms_norm(x, [x.size(-1)], self.ws[index], self.epsilon)

    def embed(self, ids: Tensor, positions: Tensor) -> Tensor:
        x = torch.embedding(self.ws[layout.EMBEDDING], ids)
        if self.rotary:
            return x
        return x + torch.embedding(self.ws[layout.POSITIONS], positions)

    def angles(self, positions: Tensor) -> Tuple[Tensor, Tensor]:
        """Cosines and sines of rows, [rows, 1, width]."""
        if not self.rotary:
            return (positions, positions)
        # In bf16 as transformers does: turning in fp32 would cost more than the layer's attention.
        brain = self.ws[layout.EMBEDDING].dtype == torch.bfloat16
        dtype = torch.bfloat16 if brain else torch.float32
        cos = self.tables[0].index_select(0, positions).unsqueeze(1).to(dtype)
        return (cos, self.tables[1].index_select(0, positions).unsqueeze(1).to(dtype))

    def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Turns heads, [rows, heads, width], by their positions (Su et al. 2021).

        The halves of a head turn together. The first half of sin is negated.
        """
        half = self.width // 2
        y = x if x.dtype == torch.bfloat16 else x.to(torch.float32)
        swapped = torch.cat([y[:, :, half:], y[:, :, :half]], -1)
        if x.dtype == torch.bfloat16:
            return torch.addcmul(y * cos, swapped, sin)
        return (y * cos + swapped * sin).to(x.dtype)

    def turned(self, q: Tensor, k: Tensor, layer: int, cos: Tensor,
               sin: Tensor) -> Tuple[Tensor, Tensor]:
        """Query and key heads, normalised and turned where the family does so."""
        if self.headnorms:
            query_norm = self.ws[self.index_of(layer, layout.QUERY_NORM)]
            key_norm = self.ws[self.index_of(layer, layout.KEY_NORM)]
            q = torch.rms_norm(q, [self.width], query_norm, self.epsilon)
            k = torch.rms_norm(k, [self.width], key_norm, self.epsilon)
        if self.rotary:
            q = self.rotate(q, cos, sin)
            k = self.rotate(k, cos, sin)
        return (q, k)

    def feed(self, x: Tensor, layer: int) -> Tensor:
        """The feed-forward block on the residual stream: SwiGLU, or GELU where there is no gate."""
        gate, up = self.widen(self.norm(x, self.index_of(layer, layout.FEED_NORM)), layer)
        if self.gated:
            return x + self.narrow(F.silu(gate) * up, layer)
        return x + self.narrow(F.gelu(up, approximate="tanh"), layer)

    def far(self, queries: Tensor, keys: Tensor) -> Tensor:
        """[queries, keys]: whether the key's position lies outside of the query's window."""
        return queries.unsqueeze(1) - keys.unsqueeze(0) >= self.window
