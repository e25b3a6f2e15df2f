"""Computing the nodes of a prefix tree, a chunk of them at a time, in depth-first order.

tree.py says what plan, spans, groups and leaves hold. keep names the nodes that join the path;
their keys, values and rows are kept. Without spans, attention is not divided and a mask is made of
everything. Without `outputs` the last layer ends with its keys and values, which are all that
`fill` leaves behind.
"""

import math
from typing import List

import torch
from torch import Tensor

from . import layout, tree
from .linears import Linears
from .tree_attention import TreeAttention


class Walk(TreeAttention, Linears):
    """A chunk through all layers."""

    products: bool

    def fill(self, plan: Tensor, past: int, keep: Tensor, spans: Tensor, groups: Tensor,
             leaves: Tensor) -> int:
        """Computes a chunk for its keys and values alone."""
        self.walk(plan, past, keep, spans, groups, leaves, False)
        return plan.size(1)

    def walk(self, plan: Tensor, past: int, keep: Tensor, spans: Tensor, groups: Tensor,
             leaves: Tensor, outputs: bool) -> Tensor:
        """The nodes' rows after the last layer, [nodes, hidden].

        past: length of the cached path.
        """
        dev = self.ws[layout.EMBEDDING].device
        p = plan.to(dev)
        count = p.size(1)
        position = p[tree.NODE_POSITION]
        order = torch.arange(count, device=dev)
        inside = (order.unsqueeze(0) <= order.unsqueeze(1)) & (
            order.unsqueeze(1) < p[tree.NODE_END].unsqueeze(0))
        nodes: List[Tensor] = []
        slots: List[int] = []
        starts: List[int] = []
        for i in range(leaves.size(1)):
            cached = int(leaves[tree.LEAF_CACHED, i])
            node = int(leaves[tree.LEAF_NODE, i])
            mine = order[:0]
            if node >= 0:
                mine = torch.nonzero(inside[node]).view(-1)[max(0, self.common - cached):]
            nodes.append(mine)
            slots.append(int(leaves[tree.LEAF_SLOT, i]))
            starts.append(cached)
        x = self.embed(p[tree.NODE_TOKEN], position)
        if count == 0:
            for layer in range(self.layers):
                k = self.path_keys[layer][:, :0]
                self.copy_to_slots(layer, k, self.path_values[layer][:, :0], slots, starts, nodes)
            return x
        divided = spans.size(1) > 0
        blockwise = self.products and x.dtype == torch.bfloat16
        mask = order
        near = order
        if not divided:
            before = torch.arange(past, device=dev).unsqueeze(0) < (
                p[tree.NODE_ANCESTORS].unsqueeze(1))
            mask = self.mask(torch.cat([before, inside], 1), x.dtype)
            near = mask
            if self.window > 0:
                far = self.far(position, torch.cat([torch.arange(past, device=dev), position]))
                near = mask.masked_fill(far, -math.inf)
        elif blockwise or bool((groups[tree.GROUP_CHAIN] == 0).any()):
            mask = self.mask(inside, x.dtype)
        span_list: List[int] = spans.t().flatten().tolist()
        group_list: List[int] = groups.t().flatten().tolist()
        cos, sin = self.angles(position)
        kept = keep.to(dev)
        depth = position.index_select(0, kept)
        ended = self.layers if outputs else self.layers - 1
        for layer in range(self.layers):
            q, k, v = self.heads_of(x, layer, cos, sin)
            q = q.view([count, self.kvheads, self.group, self.width]).permute([1, 2, 0, 3])
            k = k.transpose(0, 1)
            v = v.transpose(0, 1)
            a = q
            if layer < ended:
                if divided and blockwise:
                    a = self.attend_blocks(q, k, v, layer, mask, group_list)
                elif divided:
                    a = self.attend_split(q, k, v, layer, mask, span_list, group_list)
                else:
                    hidden = near if self.windowed[layer] > 0 else mask
                    a = self.attend_masked(q, k, v, layer, past, hidden)
            self.copy_to_slots(layer, k, v, slots, starts, nodes)
            self.path_keys[layer].index_copy_(1, depth, k.index_select(1, kept))
            self.path_values[layer].index_copy_(1, depth, v.index_select(1, kept))
            if layer < ended:
                x = self.after_attention(x, a.permute([2, 0, 1, 3]), layer)
        if outputs:
            self.path_hidden[0].index_copy_(0, depth, x.index_select(0, kept))
        return x

    def copy_to_slots(self, layer: int, k: Tensor, v: Tensor, slots: List[int], starts: List[int],
                      nodes: List[Tensor]) -> int:
        """Gives slots their own part of the path: what follows its first `common` nodes."""
        if len(nodes) == 0:
            return 0
        path_keys = self.path_keys[layer]
        path_values = self.path_values[layer]
        slot_keys = self.slot_keys[layer]
        slot_values = self.slot_values[layer]
        for i in range(len(nodes)):
            slot = slots[i]
            first = max(0, starts[i] - self.common)
            last = first + nodes[i].size(0)
            if first > 0:
                end = self.common + first
                slot_keys[slot, :, :first] = path_keys[:, self.common:end]
                slot_values[slot, :, :first] = path_values[:, self.common:end]
            slot_keys[slot, :, first:last] = k.index_select(1, nodes[i])
            slot_values[slot, :, first:last] = v.index_select(1, nodes[i])
        return 0
