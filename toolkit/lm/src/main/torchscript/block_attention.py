"""Attention of the adapters' trainer on a processor, forward and backward, by plain products.

Sequence by sequence, in blocks of queries. The fused operator converts bf16 to fp32 and back, and
its autograd fills, pads and sums whole tensors for every slice it was given; the products do none
of that, and no sequence is padded to the longest. Query heads that share a key head are rows of one
product. Nothing of the size of the scores is kept: the backward pass computes a block's again.

Blocks are padded to a multiple of kernel.ROWS queries, which oneDNN multiplies faster than odd
numbers, with the rows that follow: as keys they come after every real query and are masked, as
queries their gradient is zero.

`heads` below are [rows, heads, width]: queries, then keys, then values.
"""

import math
from typing import List, Tuple

import torch
from torch import Tensor

from . import kernel, layout
from .layers import Layers


class BlockAttention(Layers):
    """norm_back is lora.py's."""

    def blocks(self, length: int) -> List[int]:
        """The first query of each block of a sequence."""
        return [start for start in range(0, length, kernel.QUERIES)]

    def ends(self, start: int, length: int) -> Tuple[int, int]:
        """Where a block ends that begins at start: first without, then with its padding."""
        end = min(start + kernel.QUERIES, length)
        return end, start + self.padded(end - start)

    def heads_forward(self, qkv: Tensor, layer: int, cos: Tensor, sin: Tensor) -> Tensor:
        """[rows, q k v] to heads, with ROWS more rows: queries scaled and turned, keys turned."""
        x = qkv.view([qkv.size(0), -1, self.width])
        q, k, v = x.split([self.heads, self.kvheads, self.kvheads], 1)
        q, k = self.turned(q, k, layer, cos, sin)
        shape = [x.size(0) + kernel.ROWS, x.size(1), self.width]
        y = torch.empty(shape, dtype=x.dtype, device=x.device)
        y[x.size(0):] = 0.0
        torch.cat([q * self.width ** -0.5, k, v], 1, out=y[:x.size(0)])
        return y

    def heads_backward(self, g: Tensor, qkv: Tensor, layer: int, cos: Tensor,
                       sin: Tensor) -> Tensor:
        """Gradient of qkv from that of the heads, which it overwrites."""
        q, k, v = g.split([self.heads, self.kvheads, self.kvheads], 1)
        q.mul_(self.width ** -0.5)
        if self.rotary:
            both = g[:, :self.heads + self.kvheads]
            both.copy_(self.rotate(both, cos, -sin))
        if self.headnorms:
            x = qkv.view([g.size(0), -1, self.width])
            end = self.heads + self.kvheads
            q.copy_(self.norm_back(
                q, x[:, :self.heads], self.index_of(layer, layout.QUERY_NORM)))
            k.copy_(self.norm_back(
                k, x[:, self.heads:end], self.index_of(layer, layout.KEY_NORM)))
        return g.view([g.size(0), -1])

    def block(self, x: Tensor, start: int, end: int, first: int, last: int) -> Tensor:
        """Rows start..end-1 of the heads first..last-1 as [key heads, rows of each, width]."""
        part = x[start:end, first:last].transpose(0, 1)
        return part.reshape([self.kvheads, -1, self.width])

    def weights(self, q: Tensor, k: Tensor, start: int, layer: int) -> Tensor:
        """What a block's queries give to the keys up to its end: [key heads, queries, keys]."""
        end = k.size(1)
        rows = end - start
        s = torch.bmm(q, k.transpose(1, 2)).view([self.heads, rows, end])
        later = torch.full([rows, rows], -math.inf, dtype=s.dtype, device=s.device)
        s[:, :, start:].add_(later.triu_(1))
        if self.windowed[layer] > 0 and end > self.window:
            order = torch.arange(end, device=s.device)
            s.masked_fill_(self.far(order[start:], order), -math.inf)
        return s.softmax(-1).view([self.kvheads, -1, end])

    def attention_forward(self, x: Tensor, lengths: List[int], layer: int) -> Tensor:
        """Heads of all sequences to [rows, heads * width]."""
        keys = self.heads + self.kvheads
        y = torch.empty([sum(lengths), self.heads, self.width], dtype=x.dtype, device=x.device)
        at = 0
        for length in lengths:
            whole = self.padded(length)
            k = self.block(x, at, at + whole, self.heads, keys)
            v = self.block(x, at, at + whole, keys, keys + self.kvheads)
            for start in self.blocks(length):
                end, padded = self.ends(start, length)
                q = self.block(x, at + start, at + padded, 0, self.heads)
                p = self.weights(q, k[:, :padded], start, layer)
                o = torch.bmm(p, v[:, :padded])
                o = o.view([self.heads, -1, self.width]).transpose(0, 1)
                y[at + start:at + end] = o[:end - start]
            at = at + length
        return y.view([y.size(0), -1])

    def attention_backward(self, g: Tensor, x: Tensor, lengths: List[int], layer: int) -> Tensor:
        """Gradient of the heads from that of attention's result; keys and values add up in fp32."""
        keys = self.heads + self.kvheads
        g = g.view([g.size(0), self.heads, self.width])
        gx = torch.empty([g.size(0), x.size(1), self.width], dtype=x.dtype, device=x.device)
        at = 0
        for length in lengths:
            whole = self.padded(length)
            k = self.block(x, at, at + whole, self.heads, keys)
            v = self.block(x, at, at + whole, keys, keys + self.kvheads)
            gk = torch.zeros(k.shape, dtype=torch.float32, device=x.device)
            gv = torch.zeros(k.shape, dtype=torch.float32, device=x.device)
            for start in self.blocks(length):
                end, padded = self.ends(start, length)
                q = self.block(x, at + start, at + padded, 0, self.heads)
                p = self.weights(q, k[:, :padded], start, layer)
                shape = [self.heads, padded - start, self.width]
                go = torch.zeros(shape, dtype=x.dtype, device=x.device)
                go[:, :end - start] = g[at + start:at + end].transpose(0, 1)
                go = go.view([self.kvheads, -1, self.width])
                gv[:, :padded].add_(torch.bmm(p.transpose(1, 2), go))
                gp = torch.bmm(go, v[:, :padded].transpose(1, 2))
                gs = torch._softmax_backward_data(gp, p, -1, p.dtype)
                gk[:, :padded].add_(torch.bmm(gs.transpose(1, 2), q))
                gq = torch.bmm(gs, k[:, :padded])
                gq = gq.view([self.heads, -1, self.width]).transpose(0, 1)
                gx[at + start:at + end, :self.heads] = gq[:end - start]
            gx[at:at + length, self.heads:keys] = gk[:, :length].transpose(0, 1)
            gx[at:at + length, keys:] = gv[:, :length].transpose(0, 1)
            at = at + length
        return gx
