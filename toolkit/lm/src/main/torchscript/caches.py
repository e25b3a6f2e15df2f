"""Keys and values that the decoder keeps: of the tree's current path, and of the slots.

Shapes, a tensor for each layer: path_keys and path_values [kvheads, depth, head]; slot_keys and
slot_values [slot, kvheads, position, head], without the first `common` positions, which all
sequences share and which stand on the path. path_hidden holds the last layer's rows of the path.
"""

from typing import List

import torch
from torch import Tensor

from . import layout
from .layers import Layers


class Caches(Layers):
    """Opening, copying and freeing what is kept between calls."""

    path_keys: List[Tensor]
    path_values: List[Tensor]
    path_hidden: List[Tensor]
    slot_keys: List[Tensor]
    slot_values: List[Tensor]
    common: int
    room: int
    hidden: int
    layers: int

    def cache(self, shape: List[int]) -> List[Tensor]:
        made: List[Tensor] = []
        w = self.ws[layout.EMBEDDING]
        for layer in range(self.layers):
            # Zeros, since what a mask hides is still multiplied by 0, and 0 times NaN is NaN.
            made.append(torch.zeros(shape, dtype=w.dtype, device=w.device))
        return made

    def open_path(self, depth: int) -> int:
        self.prepare(depth)
        self.path_keys = self.cache([self.kvheads, depth, self.width])
        self.path_values = self.cache([self.kvheads, depth, self.width])
        w = self.ws[layout.EMBEDDING]
        self.path_hidden = [
            torch.zeros([depth, self.hidden], dtype=w.dtype, device=w.device)]
        return 0

    def open_slots(self, slots: int, length: int, size: int, common: int) -> int:
        """Slots of `length` positions after the common ones, in memory for `size`."""
        self.common = common
        self.room = common + length
        self.prepare(self.room)
        self.slot_keys = self.cache([slots, self.kvheads, size, self.width])
        self.slot_values = self.cache([slots, self.kvheads, size, self.width])
        return 0

    def release(self) -> int:
        self.common = 0
        nothing: List[Tensor] = []
        self.path_keys = nothing
        self.path_values = nothing
        self.path_hidden = nothing
        self.slot_keys = nothing
        self.slot_values = nothing
        return 0

    def move(self, source: int, target: int, length: int) -> int:
        """Copies one slot's first positions onto another."""
        for layer in range(self.layers):
            keys = self.slot_keys[layer]
            values = self.slot_values[layer]
            keys[target, :, :length] = keys[source, :, :length]
            values[target, :, :length] = values[source, :, :length]
        return 0
