"""Attention of a chunk of prefix-tree nodes to the cached path and to one another.

Heads are [kvheads, group, nodes, width]: queries that share a key head stand together. In two
forms. `attend_masked` is the plain one: path and chunk side by side under a mask. `attend_split`
attends to the path without a mask and to a group of the chunk causally or under a small mask, and
merges both by their log-sum-exp (Dao 2023, section 2.3), so that nothing is copied, and what a mask
would hide is mostly not computed. `attend_blocks` does the same by products, some queries at a
time: in bf16 on a processor the fused operator converts to fp32 and back.
"""

import math
from typing import List, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from . import kernel, tree
from .caches import Caches


class TreeAttention(Caches):
    """Attention within a chunk and to the path."""

    group: int

    def mask(self, seen: Tensor, dtype: int) -> Tensor:
        """What is added to scores: 0 where a node sees another, minus infinity elsewhere."""
        zeros = torch.zeros(seen.size(), dtype=dtype, device=seen.device)
        return zeros.masked_fill_(torch.logical_not(seen), -math.inf)

    def grouped(self, x: Tensor) -> Tensor:
        """Every head of a group sees the same keys; nothing is copied."""
        return x.unsqueeze(1).expand([self.kvheads, self.group, x.size(1), self.width])

    def attend_masked(self, q: Tensor, k: Tensor, v: Tensor, layer: int, past: int,
                      mask: Tensor) -> Tensor:
        ks = torch.cat([self.path_keys[layer][:, :past], k], 1)
        vs = torch.cat([self.path_values[layer][:, :past], v], 1)
        return F.scaled_dot_product_attention(q, self.grouped(ks), self.grouped(vs), mask)

    def attend_split(self, q: Tensor, k: Tensor, v: Tensor, layer: int, mask: Tensor,
                     spans: List[int], groups: List[int]) -> Tensor:
        a, sums = self.attend_chunk(q, self.grouped(k), self.grouped(v), mask, groups)
        if len(spans) == tree.SPAN_ROWS:
            return self.add_path(q, a, sums, layer, spans[tree.SPAN_ANCESTORS])
        parts: List[Tensor] = []
        for at in range(0, len(spans), tree.SPAN_ROWS):
            start = spans[at + tree.SPAN_FIRST]
            end = spans[at + tree.SPAN_END]
            ancestors = spans[at + tree.SPAN_ANCESTORS]
            parts.append(self.add_path(
                q[:, :, start:end], a[:, :, start:end], sums[:, :, start:end], layer, ancestors))
        return torch.cat(parts, 2)

    def attend_chunk(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor,
                     groups: List[int]) -> Tuple[Tensor, Tensor]:
        """What the chunk's nodes give to one another, and the log-sum-exp of their scores."""
        parts: List[Tensor] = []
        sums: List[Tensor] = []
        for at in range(0, len(groups), tree.GROUP_ROWS):
            start = groups[at + tree.GROUP_FIRST]
            end = groups[at + tree.GROUP_END]
            chain = groups[at + tree.GROUP_CHAIN] > 0
            hidden: Optional[Tensor] = None
            if not chain:
                hidden = mask[start:end, start:end]
            a, s = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(
                q[:, :, start:end], k[:, :, start:end], v[:, :, start:end], 0.0, chain,
                attn_mask=hidden)
            parts.append(a)
            sums.append(s)
        if len(parts) == 1:
            return (parts[0], sums[0])
        return (torch.cat(parts, 2), torch.cat(sums, 2))

    def add_path(self, q: Tensor, a: Tensor, sums: Tensor, layer: int, ancestors: int) -> Tensor:
        """Adds what the first nodes of the path give to the attention a."""
        if ancestors == 0:
            return a
        ks = self.grouped(self.path_keys[layer][:, :ancestors])
        vs = self.grouped(self.path_values[layer][:, :ancestors])
        b, more = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu(
            q, ks, vs, 0.0, False)
        return torch.lerp(b, a, torch.sigmoid(sums - more).unsqueeze(-1).to(a.dtype))

    def attend_blocks(self, q: Tensor, k: Tensor, v: Tensor, layer: int, mask: Tensor,
                      groups: List[int]) -> Tensor:
        q = q * (float(self.width) ** -0.5)
        parts: List[Tensor] = []
        for at in range(0, len(groups), tree.GROUP_ROWS):
            first = groups[at + tree.GROUP_FIRST]
            end = groups[at + tree.GROUP_END]
            ancestors = groups[at + tree.GROUP_ANCESTORS]
            last = min(first + self.padded(ancestors + end - first) - ancestors, q.size(2))
            ks = torch.cat([self.path_keys[layer][:, :ancestors], k[:, first:last]], 1)
            ks = ks.transpose(1, 2)
            vs = torch.cat([self.path_values[layer][:, :ancestors], v[:, first:last]], 1)
            start = first
            while start < end:
                stop = min(start + kernel.QUERIES, end)
                # In a chain only the block's own nodes can be hidden from one another.
                since = start if groups[at + tree.GROUP_CHAIN] > 0 else first
                # The nodes that fill up the rows of scores are none of the block's ancestors.
                length = min(self.padded(ancestors + stop - first), ancestors + last - first)
                s = torch.bmm(q[:, :, start:stop].flatten(1, 2), ks[:, :, :length])
                s = s.view([self.kvheads, self.group, stop - start, length])
                s[:, :, :, ancestors + since - first:].add_(
                    mask[start:stop, since:first + length - ancestors])
                p = torch.softmax(s, -1).flatten(1, 2)
                a = torch.bmm(p, vs[:, :length])
                parts.append(a.view([self.kvheads, self.group, stop - start, self.width]))
                start = stop
        return torch.cat(parts, 2)
