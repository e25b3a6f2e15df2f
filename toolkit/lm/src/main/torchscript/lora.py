"""Forward and backward pass of adapters on frozen layers, written out by hand.

The fast path of trainer.py, whose autograd pass is its reference. Frozen weights need no gradient,
so a layer's backward pass is one product per frozen matrix, and matrices that read the same rows
are one (query, key and value; gate and up). kept.py says what is kept of a layer; norms and
activations are computed again. Attention is block_attention.py's on a processor and goes through
autograd on a GPU, rotation included.

For y = x W' + s (x A') B' with gradient g: u = s g B, gradient of x = g W + u A, of A = u' x, of
B = s g' (x A'). Products run in the weights' number format; gradients, that of the residual stream
too, add up in fp32. multiply_back comes from plain_gradients or packed_gradients.
"""

from typing import List, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from . import batch, kept, layout
from .block_attention import BlockAttention
from .trainer import Trainer


class Lora(Trainer, BlockAttention):
    """Linear layers that read the same rows are first..last-1 of batch.py, `part` of layout.py."""

    packing: bool
    parted: bool
    intermediate: int

    def outputs(self, which: int) -> int:
        """Outputs of a linear layer."""
        if which == batch.QUERY:
            return self.heads * self.width
        if which == batch.KEY or which == batch.VALUE:
            return self.kvheads * self.width
        if which == batch.GATE or which == batch.UP:
            return self.intermediate
        return self.ws[layout.EMBEDDING].size(1)

    def stacked(self, layer: int, first: int, last: int, like: Tensor) -> Tensor:
        """The A of linear layers, rows one under another."""
        parts: List[Tensor] = []
        for which in range(first, last):
            adapter = self.adapter_of(layer, which)
            if adapter >= 0:
                parts.append(self.parameters_[self.index_a(adapter)].detach())
        if len(parts) == 0:
            return torch.empty([0], dtype=like.dtype, device=like.device)
        return torch.cat(parts).to(like.dtype)

    def linear_forward(self, x: Tensor, layer: int, first: int, last: int,
                       part: int) -> Tuple[Tensor, Tensor]:
        """y and x A' of linear layers that read the same rows."""
        index = self.index_of(layer, part)
        bias = self.ws[index + 1]
        y = self.multiply(x, index, bias if bias.numel() > 0 else None)
        a = self.stacked(layer, first, last, x)
        if a.numel() == 0:
            return y, a
        z = F.linear(x, a)
        row = 0
        at = 0
        for which in range(first, last):
            adapter = self.adapter_of(layer, which)
            rows = self.outputs(which)
            if adapter >= 0:
                b = self.parameters_[self.index_b(adapter)].detach().to(x.dtype)
                rank = b.size(1)
                y[:, row:row + rows].addmm_(z[:, at:at + rank], torch.t(b), alpha=self.scale)
                at = at + rank
            row = row + rows
        return y, z

    def linear_backward(self, g: Tensor, x: Tensor, z: Tensor, layer: int, first: int, last: int,
                        part: int) -> Tensor:
        """Adds the adapters' gradients, gives that of the rows read."""
        down = self.multiply_back(g, self.index_of(layer, part))
        if z.numel() == 0:
            return down
        us: List[Tensor] = []
        row = 0
        at = 0
        for which in range(first, last):
            adapter = self.adapter_of(layer, which)
            rows = self.outputs(which)
            if adapter >= 0:
                mine = g[:, row:row + rows]
                b = self.parameters_[self.index_b(adapter)].detach()
                us.append(mine @ b.to(g.dtype))
                gb = torch.t(mine) @ z[:, at:at + b.size(1)]
                # Scaled before it is added: a fused product would round otherwise than the sum of
                # gradients that come from other processes.
                gb = gb.to(torch.float32).mul_(self.scale)
                self.gradients[self.index_b(adapter)].add_(gb)
                at = at + b.size(1)
            row = row + rows
        u = torch.cat(us, 1).mul_(self.scale)
        down.addmm_(u, self.stacked(layer, first, last, g))
        ga = torch.t(u) @ x
        at = 0
        for which in range(first, last):
            adapter = self.adapter_of(layer, which)
            if adapter >= 0:
                rank = self.gradients[self.index_a(adapter)].size(0)
                self.gradients[self.index_a(adapter)].add_(ga[at:at + rank])
                at = at + rank
        return down

    def norm_back(self, g: Tensor, x: Tensor, index: int) -> Tensor:
        """Gradient of RMS norm's input: r (g w - x r^2 mean(g w x)).

        r is 1 / sqrt(mean(x^2) + epsilon).
        """
        y = x.to(torch.float32)
        r = torch.rsqrt((y * y).mean([-1], True) + self.epsilon)
        gw = g * self.ws[index].to(torch.float32)
        c = (gw * y).mean([-1], True) * (r * r)
        return torch.addcmul(gw, y, c, value=-1).mul_(r)

    def core(self, qkv: Tensor, layer: int, cos: Tensor, sin: Tensor, pad: Tensor, unpad: Tensor,
             targets: Tensor, longest: int) -> Tensor:
        """Everything between the projections: [rows, q k v] to [rows, heads * width]."""
        heads = qkv.view([qkv.size(0), -1, self.width])
        q, k, v = heads.split([self.heads, self.kvheads, self.kvheads], 1)
        y = self.mix(q, k, v, layer, cos, sin, pad, unpad, longest)
        return y.index_select(0, targets) if layer == self.layers - 1 else y

    def core_forward(self, qkv: Tensor, layer: int, cos: Tensor, sin: Tensor, pad: Tensor,
                     unpad: Tensor, targets: Tensor, longest: int,
                     lengths: List[int]) -> Tuple[Tensor, List[Tensor]]:
        """[rows, q k v] to [rows, heads * width], and what the backward pass needs of it.

        That is the graph of autograd or the heads by parts. The last layer's rows are the targets
        alone.
        """
        if self.parted:
            heads = self.heads_forward(qkv, layer, cos, sin)
            y = self.attention_forward(heads, lengths, layer)
            if layer == self.layers - 1:
                y = y.index_select(0, targets)
            return y, [heads, qkv] if self.headnorms else [heads]
        torch.set_grad_enabled(True)
        qkv = qkv.detach().requires_grad_(True)
        y = self.core(qkv, layer, cos, sin, pad, unpad, targets, longest)
        torch.set_grad_enabled(False)
        return y.detach(), [y, qkv]

    def core_backward(self, g: Tensor, inside: List[Tensor], layer: int, cos: Tensor, sin: Tensor,
                      targets: Tensor, lengths: List[int]) -> Tensor:
        """Gradient of qkv; inside is what core_forward gave beside its result."""
        if self.parted:
            heads = inside[0]
            if layer == self.layers - 1:
                whole = torch.zeros([sum(lengths), g.size(1)], dtype=g.dtype, device=g.device)
                g = whole.index_copy_(0, targets, g)
            gx = self.attention_backward(g, heads, lengths, layer)
            return self.heads_backward(gx, inside[len(inside) - 1], layer, cos, sin)
        torch.set_grad_enabled(True)
        gradient: List[Optional[Tensor]] = [g]
        found = torch.autograd.grad([inside[0]], [inside[1]], gradient, False, False, False)
        torch.set_grad_enabled(False)
        gq = found[0]
        assert gq is not None
        return gq

    def layer_forward(self, x: Tensor, layer: int, cos: Tensor, sin: Tensor, pad: Tensor,
                      unpad: Tensor, targets: Tensor, longest: int,
                      lengths: List[int]) -> List[Tensor]:
        """The layer's result and what its backward pass needs, in the order of kept.py."""
        last = layer == self.layers - 1
        h = self.norm(x, self.index_of(layer, layout.ATTENTION_NORM))
        qkv, z = self.linear_forward(h, layer, batch.QUERY, batch.OUTPUT, layout.QUERY_KEY_VALUE)
        mixed, inside = self.core_forward(
            qkv, layer, cos, sin, pad, unpad, targets, longest, lengths)
        o, zo = self.linear_forward(mixed, layer, batch.OUTPUT, batch.GATE, layout.OUTPUT)
        middle = o.add_(x.index_select(0, targets) if last else x)
        h = self.norm(middle, self.index_of(layer, layout.FEED_NORM))
        wide, zw = self.linear_forward(h, layer, batch.GATE, batch.DOWN, layout.GATE_UP)
        gate, up = wide.split([self.intermediate, self.intermediate], 1)
        active = F.silu(gate).mul_(up)
        y, zy = self.linear_forward(active, layer, batch.DOWN, batch.LINEARS, layout.DOWN)
        return [y.add_(middle), x, z, mixed, zo, middle, wide, zw, zy] + inside

    def layer_backward(self, g: Tensor, done: List[Tensor], layer: int, cos: Tensor, sin: Tensor,
                       targets: Tensor, lengths: List[int]) -> Tensor:
        """Gradient of the layer's input from that of its result; done is from layer_forward."""
        attention_norm = self.index_of(layer, layout.ATTENTION_NORM)
        feed_norm = self.index_of(layer, layout.FEED_NORM)
        middle = done[kept.MIDDLE]
        gate, up = done[kept.WIDE].split([self.intermediate, self.intermediate], 1)
        active = F.silu(gate)
        ga = self.linear_backward(g.to(up.dtype), active * up, done[kept.DOWN_LOW], layer,
                                  batch.DOWN, batch.LINEARS, layout.DOWN)
        gw = torch.cat([torch.ops.aten.silu_backward(ga * up, gate), ga.mul_(active)], 1)
        gh = self.linear_backward(gw, self.norm(middle, feed_norm), done[kept.WIDE_LOW], layer,
                                  batch.GATE, batch.DOWN, layout.GATE_UP)
        g = self.norm_back(gh, middle, feed_norm).add_(g)
        gm = self.linear_backward(g.to(up.dtype), done[kept.MIXED], done[kept.OUTPUT_LOW], layer,
                                  batch.OUTPUT, batch.GATE, layout.OUTPUT)
        gq = self.core_backward(gm, done[kept.ATTENTION:], layer, cos, sin, targets, lengths)
        x = done[kept.INPUT]
        gh = self.linear_backward(gq, self.norm(x, attention_norm), done[kept.QKV_LOW], layer,
                                  batch.QUERY, batch.OUTPUT, layout.QUERY_KEY_VALUE)
        gx = self.norm_back(gh, x, attention_norm)
        return gx.index_add_(0, targets, g) if layer == self.layers - 1 else gx.add_(g)

    def accumulate_adapters(self, ids: Tensor, positions: Tensor, pad: Tensor, unpad: Tensor,
                            targets: Tensor, labels: Tensor, sizes: Tensor) -> Tensor:
        """As accumulate, of which it is the fast path."""
        longest = int(sizes[batch.SIZE_LONGEST])
        share = 1.0 / float(int(sizes[batch.SIZE_LEARNED]))
        recompute = int(sizes[batch.SIZE_RECOMPUTE]) > 0
        lengths: List[int] = []
        for i in range(batch.SIZE_LENGTHS, sizes.size(0)):
            lengths.append(int(sizes[i]))
        cos, sin = self.angles(positions)
        torch.set_grad_enabled(False)
        if self.packing:
            self.pack()
        passed: List[List[Tensor]] = []
        x = self.embed(ids, positions)
        for i in range(self.layers):
            done = self.layer_forward(x, i, cos, sin, pad, unpad, targets, longest, lengths)
            passed.append([x] if recompute else done)
            x = done[kept.RESULT]
        loss, g = self.head(self.norm(x, layout.FINAL_NORM), labels, share)
        g = self.norm_back(g, x, layout.FINAL_NORM)
        for left in range(self.layers):
            i = self.layers - 1 - left
            done = passed.pop()
            if recompute:
                done = self.layer_forward(
                    done[kept.RESULT], i, cos, sin, pad, unpad, targets, longest, lengths)
            g = self.layer_backward(g, done, i, cos, sin, targets, lengths)
        return loss
