"""The trainer: the layers over packed sequences, their gradients by autograd, AdamW.

Shapes: N tokens of all sequences in one row, S sequences, W the length of the longest, M learned
tokens, d the hidden size. Attention alone is done on an S x W grid (rows padded at their end, which
a causal mask never looks at), so sequences cannot see each other and no N x N mask exists. The last
layer's feed-forward, the final norm and the head are computed at the M positions that predict a
learned token and nowhere else.

A micro-batch (MicroBatch in Java): ids and positions, [N]; pad, [S * W], the token in each cell of
the grid, and unpad, [N], the cell of each token, both empty where all sequences are equally long;
targets, [M], positions whose next token is learned; labels, [M]; sizes, see batch.py.
"""

import math
from typing import List, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from . import batch, kernel, layout
from .layers import Layers


class Trainer(Layers):
    """Whole but for its products: one of plain_gradients and packed_gradients is added."""

    linears: List[Tensor]
    parameters_: List[Tensor]
    gradients: List[Tensor]
    first: List[Tensor]
    second: List[Tensor]
    steps: List[Tensor]
    slots: List[int]
    seeds: List[int]
    scale: float
    dropout: float
    full: bool
    inner: int
    joined: bool
    positions: int
    layers: int
    chunk: int

    def set_linears(self, linears: List[Tensor]) -> int:
        """Takes layer by layer the weight and the bias of each linear layer of batch.py."""
        self.linears = linears
        return self.prepare(self.positions)

    def set_parameters(self, parameters: List[Tensor], gradients: List[Tensor],
                       first: List[Tensor], second: List[Tensor], steps: List[Tensor]) -> int:
        """Takes what is learned, with its gradients, moments and numbers of updates.

        Parameters of the layers stand first, equally many in each.
        """
        self.parameters_ = parameters
        self.gradients = gradients
        self.first = first
        self.second = second
        self.steps = steps
        return len(parameters)

    def set_slots(self, slots: List[int]) -> int:
        """Takes layer by layer the number of each linear layer's adapter, or -1."""
        self.slots = slots
        return len(slots)

    def adapter_of(self, layer: int, which: int) -> int:
        """Number of a linear layer's adapter, or -1."""
        return self.slots[batch.LINEARS * layer + which]

    def index_a(self, adapter: int) -> int:
        """Where in parameters_ and gradients an adapter's A stands, [rank, inputs]."""
        return 2 * adapter

    def index_b(self, adapter: int) -> int:
        """Where in parameters_ and gradients an adapter's B stands, [outputs, rank]."""
        return 2 * adapter + 1

    def mask(self, x: Tensor, layer: int, which: int) -> Tensor:
        """What an adapter's input is multiplied by: 0, or 1 / (1 - dropout).

        A pure function of the micro-batch's seed, so that a layer that is computed again drops the
        same.
        """
        draw = torch.Generator(device=x.device)
        draw.manual_seed(self.seeds[0] + batch.LINEARS * layer + which)
        keep = torch.empty(x.shape, dtype=torch.float32, device=x.device)
        keep = keep.bernoulli_(1.0 - self.dropout, generator=draw)
        return keep.mul_(1.0 / (1.0 - self.dropout)).to(x.dtype)

    def linear(self, x: Tensor, layer: int, which: int) -> Tensor:
        """Linear layer `which` of batch.py, with its adapter where it has one."""
        index = 2 * (batch.LINEARS * layer + which)
        w = self.linears[index]
        bias = self.linears[index + 1]
        if bias.numel() > 0:
            y = F.linear(x, w, bias)
        else:
            y = F.linear(x, w)
        if len(self.slots) > 0:
            adapter = self.adapter_of(layer, which)
            if adapter >= 0:
                a = self.parameters_[self.index_a(adapter)].to(x.dtype)
                b = self.parameters_[self.index_b(adapter)].to(x.dtype)
                if self.dropout > 0.0:
                    x = x * self.mask(x, layer, which)
                y = torch.addmm(y, F.linear(x, a), torch.t(b), alpha=self.scale)
        return y

    def project(self, h: Tensor, layer: int) -> Tuple[Tensor, Tensor, Tensor]:
        """Query, key and value heads, [N, heads, width]."""
        q = self.linear(h, layer, batch.QUERY).view([h.size(0), -1, self.width])
        if self.joined:
            end = self.heads + self.kvheads
            return q[:, :self.heads], q[:, self.heads:end], q[:, end:]
        k = self.linear(h, layer, batch.KEY).view([-1, self.kvheads, self.width])
        v = self.linear(h, layer, batch.VALUE).view([-1, self.kvheads, self.width])
        return q, k, v

    def widen(self, h: Tensor, layer: int) -> Tuple[Tensor, Tensor]:
        up = self.linear(h, layer, batch.UP)
        if not self.gated:
            return up, up
        return self.linear(h, layer, batch.GATE), up

    def narrow(self, h: Tensor, layer: int) -> Tensor:
        return self.linear(h, layer, batch.DOWN)

    def spread(self, x: Tensor, pad: Tensor, longest: int) -> Tensor:
        """N x heads x width to S x heads x W x width; key heads are repeated."""
        if x.shape[1] != self.heads:
            times = self.heads // x.shape[1]
            x = x.unsqueeze(2).expand([x.shape[0], x.shape[1], times, self.width])
            x = x.reshape([x.shape[0], self.heads, self.width])
        if pad.numel() > 0:
            x = x.index_select(0, pad)
        return x.view([-1, longest, self.heads, self.width]).transpose(1, 2)

    def mix(self, q: Tensor, k: Tensor, v: Tensor, layer: int, cos: Tensor, sin: Tensor,
            pad: Tensor, unpad: Tensor, longest: int) -> Tensor:
        """Attention over heads as they leave the projections, [N, heads * width] at the end."""
        q, k = self.turned(q, k, layer, cos, sin)
        q = self.spread(q, pad, longest)
        k = self.spread(k, pad, longest)
        v = self.spread(v, pad, longest)
        if self.windowed[layer] > 0 and longest > self.window:
            order = torch.arange(longest, device=q.device)
            hidden = (order.unsqueeze(0) > order.unsqueeze(1)) | self.far(order, order)
            mask = torch.zeros([longest, longest], dtype=q.dtype, device=q.device)
            mask = mask.masked_fill_(hidden, -math.inf)
            y = F.scaled_dot_product_attention(q, k, v, mask)
        else:
            y = F.scaled_dot_product_attention(q, k, v, None, 0.0, True)
        y = y.transpose(1, 2).reshape([-1, self.heads * self.width])
        return y.index_select(0, unpad) if pad.numel() > 0 else y

    def attend(self, x: Tensor, layer: int, cos: Tensor, sin: Tensor, pad: Tensor, unpad: Tensor,
               longest: int) -> Tensor:
        h = self.norm(x, self.index_of(layer, layout.ATTENTION_NORM))
        q, k, v = self.project(h, layer)
        return self.mix(q, k, v, layer, cos, sin, pad, unpad, longest)

    def layer(self, x: Tensor, layer: int, cos: Tensor, sin: Tensor, pad: Tensor, unpad: Tensor,
              targets: Tensor, longest: int) -> Tensor:
        y = self.attend(x, layer, cos, sin, pad, unpad, longest)
        if layer == self.layers - 1:
            y = y.index_select(0, targets)
            x = x.index_select(0, targets)
        return self.feed(x + self.linear(y, layer, batch.OUTPUT), layer)

    def head(self, h: Tensor, labels: Tensor, share: float) -> Tuple[Tensor, Tensor]:
        """Loss summed over the tokens, and the gradient of h.

        In chunks of positions, so that logits never exceed chunk x vocabulary. Grad mode is off.
        """
        w = self.ws[layout.HEAD]
        g = torch.empty_like(h)
        loss = torch.zeros([], dtype=torch.float64, device=h.device)
        for start in range(0, h.shape[0], self.chunk):
            part = h[start:start + self.chunk]
            label = labels[start:start + self.chunk].unsqueeze(1)
            p = torch.log_softmax(self.multiply(part, layout.HEAD, None), -1, dtype=torch.float32)
            loss = loss - p.gather(1, label).sum(dtype=torch.float64)
            # The gradient of logits is the probabilities, less 1 at the label.
            p = torch.exp_(p)
            p.scatter_add_(1, label, torch.full_like(label, -1.0, dtype=torch.float32))
            p = p.mul_(share).to(w.dtype)
            g[start:start + self.chunk] = self.multiply_back(p, layout.HEAD)
            if self.full:
                self.gradients[len(self.gradients) - 1].addmm_(torch.t(p), part)
        return loss, g

    def collect(self, found: List[Optional[Tensor]], skip: int, start: int) -> int:
        """Adds found gradients, without the first ones, to those from start on."""
        for i in range(skip, len(found)):
            g = found[i]
            if g is not None:
                self.gradients[start + i - skip].add_(g)
        return len(found)

    def accumulate(self, ids: Tensor, positions: Tensor, pad: Tensor, unpad: Tensor,
                   targets: Tensor, labels: Tensor, sizes: Tensor) -> Tensor:
        """Forward and backward of one micro-batch; adds to the gradients, gives the summed loss."""
        longest = int(sizes[batch.SIZE_LONGEST])
        share = 1.0 / float(int(sizes[batch.SIZE_LEARNED]))
        recompute = int(sizes[batch.SIZE_RECOMPUTE]) > 0
        self.seeds = [int(sizes[batch.SIZE_SEED])]
        cos, sin = self.angles(positions)
        inputs: List[Tensor] = []
        torch.set_grad_enabled(not recompute)
        x = self.embed(ids, positions)
        for i in range(self.layers):
            inputs.append(x)
            x = self.layer(x, i, cos, sin, pad, unpad, targets, longest)
        torch.set_grad_enabled(True)
        if recompute:
            x = x.detach().requires_grad_(True)
        h = self.norm(x, layout.FINAL_NORM)
        torch.set_grad_enabled(False)
        loss, g = self.head(h.detach(), labels, share)
        torch.set_grad_enabled(True)
        gradient: List[Optional[Tensor]] = [g]
        if not recompute:
            found = torch.autograd.grad([h], self.parameters_, gradient, False, False, True)
            torch.set_grad_enabled(False)
            self.collect(found, 0, 0)
            return loss
        per = self.inner // self.layers
        outer = self.parameters_[self.inner:]
        found = torch.autograd.grad([h], [x] + outer, gradient, False, False, True)
        self.collect(found, 1, self.inner)
        for done in range(self.layers):
            i = self.layers - 1 - done
            gradient = self.only(found[0])
            mine = self.parameters_[per * i:per * (i + 1)]
            torch.set_grad_enabled(True)
            x = inputs.pop().detach().requires_grad_(True)
            y = self.layer(x, i, cos, sin, pad, unpad, targets, longest)
            found = torch.autograd.grad([y], [x] + mine, gradient, False, False, True)
            torch.set_grad_enabled(False)
            self.collect(found, 1, per * i)
        if len(outer) > 0:
            gradient = self.only(found[0])
            torch.set_grad_enabled(True)
            x = self.embed(ids, positions)
            found = torch.autograd.grad([x], outer, gradient, False, False, True)
            torch.set_grad_enabled(False)
            self.collect(found, 0, self.inner)
        return loss

    def only(self, gradient: Optional[Tensor]) -> List[Optional[Tensor]]:
        """A list as torch.autograd.grad takes it."""
        return [gradient]

    def forget(self) -> int:
        """Takes back what the micro-batches of an unfinished step have added."""
        torch._foreach_zero_(self.gradients)
        return 0

    def update(self, rate: float, beta1: float, beta2: float, epsilon: float, decay: float,
               clip: float) -> float:
        """Clips by the global norm, AdamW (Loshchilov and Hutter 2019), zeroes the gradients.

        Gives the norm before clipping, which is that of torch.nn.utils.clip_grad_norm_.
        """
        norms = torch._foreach_norm(self.gradients, 2)
        norm = float(torch.linalg.vector_norm(torch.stack(norms), 2))
        torch._foreach_mul_(self.gradients, min(1.0, clip / (norm + kernel.LEAST_NORM)))
        torch._foreach_add_(self.steps, 1)
        largest: List[Tensor] = []
        torch._fused_adamw_(
            self.parameters_, self.gradients, self.first, self.second, largest, self.steps,
            lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False,
            maximize=False)
        torch._foreach_zero_(self.gradients)
        return norm
