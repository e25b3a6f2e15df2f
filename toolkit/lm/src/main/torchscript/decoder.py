"""The decoder: walks of prefix trees, and sequences continued together token by token.

Slots hold what follows the first `common` positions; those stand once, on the tree's path, and all
sequences attend to them as the rows of one matrix. Scores of both parts go through one softmax, so
nothing is approximated.
"""

import math
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor

from . import layout, sampling
from .drawing import Drawing
from .measuring import Measuring


class Decoder(Measuring, Drawing):
    """Whole but for its products: one of plain_, packed_ and eight_bit_products is added."""

    stops: List[int]

    def set_stops(self, stops: List[int]) -> int:
        self.stops = stops
        return 0

    def decode(self, state: Tensor, left: Tensor, how: Tensor, us: Tensor, longest: int,
               kind: int) -> Tensor:
        """Continues the sequences in the first n slots; sampling.py says what the arguments hold.

        left: tokens that each may still get. us: numbers in [0, 1), [n, steps]. Gives [n, steps
        done, STEP_COLUMNS], fewer steps than asked for when every sequence met a stop token or its
        bound.
        """
        dev = self.ws[layout.EMBEDDING].device
        n = state.size(1)
        token = state[sampling.STATE_TOKEN].to(dev)
        pos = state[sampling.STATE_POSITION].to(dev)
        bound = left.to(dev)
        settings = how.to(dev)
        draws = us.to(dev)
        stops = torch.tensor(self.stops, dtype=torch.int64, device=dev).unsqueeze(0)
        done = torch.zeros([n, 1], dtype=torch.bool, device=dev)
        out: List[Tensor] = []
        for s in range(us.size(1)):
            at = torch.clamp(pos, 0, self.room - 1)
            length = self.reach(min(longest + s + 1, self.room) - self.common)
            z = self.logits(self.step(token, at, length))
            lse, entropy, best = self.measures(z)
            chosen = self.draw(z, best, settings, draws[:, s], kind)
            value = z.gather(1, chosen) - lse
            # In the order of sampling.py, STEP.
            out.append(torch.cat([
                chosen.to(torch.float64), value.to(torch.float64), entropy.to(torch.float64)], 1))
            token = chosen.view(-1)
            pos = pos + 1
            done = done | (chosen == stops).any(1, True) | (bound <= s + 1).unsqueeze(1)
            if bool(done.all()):
                break
        return torch.stack(out, 1).cpu()

    def step(self, token: Tensor, at: Tensor, length: int) -> Tensor:
        """One token of every sequence through all layers, [n, hidden].

        at: the tokens' positions. length: positions of a slot that are looked at.
        """
        n = token.size(0)
        x = self.embed(token, at)
        cos, sin = self.angles(at)
        positions = torch.arange(length, device=at.device) + self.common
        later = positions.unsqueeze(0) > at.unsqueeze(1)
        mask = torch.zeros([n, length], dtype=x.dtype, device=at.device)
        mask = mask.masked_fill_(later, -math.inf)
        near = mask
        if self.window > 0:
            near = mask.masked_fill(self.far(at, positions), -math.inf).view([n, 1, 1, length])
        mask = mask.view([n, 1, 1, length])
        rows = self.cache_rows(at - self.common)
        for layer in range(self.layers):
            q, k, v = self.heads_of(x, layer, cos, sin)
            q = q.view([n, self.kvheads, self.group, self.width])
            keys = self.slot_keys[layer]
            values = self.slot_values[layer]
            keys.view([-1, self.width]).index_copy_(0, rows, k.reshape([-1, self.width]))
            values.view([-1, self.width]).index_copy_(0, rows, v.reshape([-1, self.width]))
            ks = keys[:n][:, :, :length]
            vs = values[:n][:, :, :length]
            hidden = near if self.windowed[layer] > 0 else mask
            if self.products:
                a = self.attend(q, ks, vs, layer, hidden)
            else:
                a = F.scaled_dot_product_attention(q, ks, vs, hidden)
            x = self.after_attention(x, a, layer)
        return x

    def reach(self, length: int) -> int:
        """How much of a slot a step looks at, to see `length` positions."""
        # Products in bf16 copy keys that are a part of a slot: as much work as a product.
        whole = self.slot_keys[0].size(2)
        brain = self.slot_keys[0].dtype == torch.bfloat16
        if self.products and brain and 2 * length >= whole:
            return whole
        return min(self.padded(length), whole)

    def cache_rows(self, at: Tensor) -> Tensor:
        """Rows of a slot cache seen as a matrix [slot x kvheads x position, width].

        A scatter would do the same, and copies the whole cache in bf16.
        """
        n = at.size(0)
        slot = torch.arange(n * self.kvheads, device=at.device).view([n, self.kvheads])
        return (slot * self.slot_keys[0].size(2) + at.unsqueeze(1)).view(-1)

    def attend(self, q: Tensor, ks: Tensor, vs: Tensor, layer: int, mask: Tensor) -> Tensor:
        """Attention by products, [n, kvheads, group, width]: to the common positions and a slot's.

        On a processor the fused operator is slow for one query and many keys.
        """
        n = q.size(0)
        c = self.common
        q = q * (float(self.width) ** -0.5)
        rows = q.reshape([n * self.kvheads, self.group, self.width])
        keys = ks.flatten(0, 1)
        if keys.dtype == torch.bfloat16:
            # Of keys with gaps between the slots the product in bf16 would make a slower copy.
            keys = keys.contiguous()
        s = torch.bmm(rows, keys.transpose(1, 2))
        s = s.view([n, self.kvheads, self.group, keys.size(1)])
        if c == 0:
            p = torch.softmax(s.add_(mask), -1).flatten(0, 1)
            a = torch.bmm(p, vs.flatten(0, 1))
            return a.view([n, self.kvheads, self.group, self.width])
        flat = [self.kvheads, n * self.group, self.width]
        whole = torch.bmm(
            q.transpose(0, 1).reshape(flat), self.path_keys[layer][:, :c].transpose(1, 2))
        whole = whole.view([self.kvheads, n, self.group, c]).transpose(0, 1)
        s = torch.cat([whole, s], -1)
        s[:, :, :, c:].add_(mask)
        p = torch.softmax(s, -1)
        own = torch.bmm(p.flatten(0, 1)[:, :, c:], vs.flatten(0, 1))
        own = own.view([n, self.kvheads, self.group, self.width])
        shared = p[:, :, :, :c].transpose(0, 1).reshape([self.kvheads, n * self.group, c])
        shared = torch.bmm(shared, self.path_values[layer][:, :c])
        shared = shared.view([self.kvheads, n, self.group, self.width])
        return own + shared.transpose(0, 1)
