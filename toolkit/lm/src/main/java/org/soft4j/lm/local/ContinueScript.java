package org.soft4j.lm.local;

/**
 * Continuing sequences token by token, in TorchScript.
 *
 * <p>{@code decode} continues the sequences in the first n slots. state is [2, n]: the token to
 * feed, its position. It returns [n, steps done, 3]: token, log-probability and entropy at
 * temperature 1, and ends early when every sequence has met a stop token or its bound.
 *
 * <p>Slots hold what follows the first {@code common} positions; those stand once, on the tree's
 * path, and all sequences attend to them as the rows of one matrix. Scores of both parts go through
 * one softmax, so nothing is approximated.
 */
final class ContinueScript {
  private ContinueScript() {}

  static final String METHODS =
      """
      def decode(self: __torch__.M, state: Tensor, left: Tensor, how: Tensor, us: Tensor, longest: int, kind: int) -> Tensor:
        dev = self.ws[0].device
        n = state.size(1)
        token = state[0].to(dev)
        pos = state[1].to(dev)
        bound = left.to(dev)
        ways = how.to(dev)
        draws = us.to(dev)
        stops = torch.tensor(self.stops, dtype=4, device=dev).unsqueeze(0)
        done = torch.zeros([n, 1], dtype=11, device=dev)
        out = annotate(List[Tensor], [])
        for s in range(us.size(1)):
          at = torch.clamp(pos, 0, self.room - 1)
          length = self.reach(min(longest + s + 1, self.room) - self.common)
          z = self.logits(self.step(token, at, length))
          lse, entropy, best = self.measures(z)
          chosen = self.draw(z, best, ways, draws[:, s], kind)
          value = z.gather(1, chosen) - lse
          out.append(torch.cat([chosen.to(7), value.to(7), entropy.to(7)], 1))
          token = chosen.view(-1)
          pos = pos + 1
          done = done | (chosen == stops).any(1, True) | (bound <= s + 1).unsqueeze(1)
          if bool(done.all()):
            break
        return torch.stack(out, 1).cpu()
      def step(self: __torch__.M, token: Tensor, at: Tensor, length: int) -> Tensor:
        n = token.size(0)
        x = self.embed(token, at)
        cos, sin = self.angles(at)
        places = torch.arange(length, device=at.device) + self.common
        later = places.unsqueeze(0) > at.unsqueeze(1)
        mask = torch.zeros([n, length], dtype=x.dtype, device=at.device).masked_fill_(later, -inf)
        near = mask
        if self.window > 0:
          near = mask.masked_fill(self.far(at, places), -inf).view([n, 1, 1, length])
        mask = mask.view([n, 1, 1, length])
        place = self.places_in_slots(at - self.common)
        for l in range(self.layers):
          q, k, v = self.heads_of(x, l, cos, sin)
          q = q.view([n, self.kvheads, self.group, self.width])
          ks = self.sk[l][:n]
          vs = self.sv[l][:n]
          self.sk[l].view([-1, self.width]).index_copy_(0, place, k.reshape([-1, self.width]))
          self.sv[l].view([-1, self.width]).index_copy_(0, place, v.reshape([-1, self.width]))
          hidden = near if self.windowed[l] > 0 else mask
          if self.products:
            a = self.attend(q, ks[:, :, :length], vs[:, :, :length], l, hidden)
          else:
            a = torch.scaled_dot_product_attention(q, ks[:, :, :length], vs[:, :, :length], hidden)
          x = self.feed(x + self.linear(a.reshape([n, self.heads * self.width]), l, 6), l)
        return x
      def reach(self: __torch__.M, length: int) -> int:
        # Products in bf16 copy keys that are a part of a slot, which costs as much as a product.
        whole = self.sk[0].size(2)
        if self.products and self.sk[0].dtype == 15 and 2 * length >= whole:
          return whole
        return min(self.padded(length), whole)
      def places_in_slots(self: __torch__.M, at: Tensor) -> Tensor:
        # Rows of a slot cache seen as a matrix [slot x kvheads x position, width]. A scatter would do
        # the same, and copies the whole cache in bf16.
        n = at.size(0)
        slot = torch.arange(n * self.kvheads, device=at.device).view([n, self.kvheads])
        return (slot * self.sk[0].size(2) + at.unsqueeze(1)).view(-1)
      def attend(self: __torch__.M, q: Tensor, ks: Tensor, vs: Tensor, l: int, mask: Tensor) -> Tensor:
        n = q.size(0)
        c = self.common
        q = q * (float(self.width) ** -0.5)
        rows = q.reshape([n * self.kvheads, self.group, self.width])
        keys = ks.flatten(0, 1)
        if keys.dtype == 15:
          # Of keys with gaps between the slots the product in bf16 would make a slower copy.
          keys = keys.contiguous()
        s = torch.bmm(rows, keys.transpose(1, 2)).view([n, self.kvheads, self.group, keys.size(1)])
        if c == 0:
          p = torch.softmax(s.add_(mask), -1).flatten(0, 1)
          return torch.bmm(p, vs.flatten(0, 1)).view([n, self.kvheads, self.group, self.width])
        flat = [self.kvheads, n * self.group, self.width]
        whole = torch.bmm(q.transpose(0, 1).reshape(flat), self.pk[l][:, :c].transpose(1, 2))
        whole = whole.view([self.kvheads, n, self.group, c]).transpose(0, 1)
        s = torch.cat([whole, s], -1)
        s[:, :, :, c:].add_(mask)
        p = torch.softmax(s, -1)
        own = torch.bmm(p.flatten(0, 1)[:, :, c:], vs.flatten(0, 1)).view([n, self.kvheads, self.group, self.width])
        shared = p[:, :, :, :c].transpose(0, 1).reshape([self.kvheads, n * self.group, c])
        shared = torch.bmm(shared, self.pv[l][:, :c]).view([self.kvheads, n, self.group, self.width])
        return own + shared.transpose(0, 1)
      """;
}
