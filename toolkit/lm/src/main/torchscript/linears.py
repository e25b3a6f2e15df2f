"""The decoder's linear layers: projections into heads, feed-forward block, logits.

`multiply` and `pack` come from one of plain_products, packed_products, eight_bit_products.
"""

from typing import List, Tuple

import torch
from torch import Tensor

from . import layout
from .layers import Layers


class Linears(Layers):
    """What layers.py asks of whoever uses it, on weights that stand side by side."""

    packs: List[Tensor]

    def unpack(self) -> int:
        """Drops packed copies: the weights change, or memory runs out."""
        nothing: List[Tensor] = []
        self.packs = nothing
        return 0

    def linear(self, x: Tensor, layer: int, part: int) -> Tensor:
        index = self.index_of(layer, part)
        bias = self.ws[index + 1]
        if bias.numel() > 0:
            return self.multiply(x, index, bias)
        return self.multiply(x, index, None)

    def heads_of(self, x: Tensor, layer: int, cos: Tensor,
                 sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """Query, key and value heads of the rows x."""
        h = self.norm(x, self.index_of(layer, layout.ATTENTION_NORM))
        y = self.linear(h, layer, layout.QUERY_KEY_VALUE)
        y = y.view([h.size(0), self.heads + 2 * self.kvheads, self.width])
        end = self.heads + self.kvheads
        if self.headnorms or not self.rotary:
            q, k = self.turned(y[:, :self.heads], y[:, self.heads:end], layer, cos, sin)
            return (q, k, y[:, end:])
        # Queries and keys turn together: half as many calls.
        both = self.rotate(y[:, :end], cos, sin)
        return (both[:, :self.heads], both[:, self.heads:], y[:, end:])

    def widen(self, h: Tensor, layer: int) -> Tuple[Tensor, Tensor]:
        y = self.linear(h, layer, layout.GATE_UP)
        if not self.gated:
            return (y, y)
        half = y.size(1) // 2
        return (y[:, :half], y[:, half:])

    def narrow(self, h: Tensor, layer: int) -> Tensor:
        return self.linear(h, layer, layout.DOWN)

    def after_attention(self, x: Tensor, a: Tensor, layer: int) -> Tensor:
        """The rest of a layer; a holds the rows' heads."""
        mixed = a.reshape([x.size(0), self.heads * self.width])
        return self.feed(x + self.linear(mixed, layer, layout.OUTPUT), layer)

    def logits(self, x: Tensor) -> Tensor:
        """[rows, vocabulary] in fp32."""
        return self.multiply(
            self.norm(x, layout.FINAL_NORM), layout.HEAD, None).to(torch.float32)
