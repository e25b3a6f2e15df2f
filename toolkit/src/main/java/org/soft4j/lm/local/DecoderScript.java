package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.layer.LayerScript;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * The decoder in TorchScript: the layers of {@link LayerScript} with grouped-query attention over
 * cached keys and values.
 *
 * <p>Two ways through the layers: {@code walk} computes one row of prefix-tree nodes in depth-first
 * order, {@code decode} continues many sequences by some tokens. Keys and values of the tree's
 * current path stand in {@code pk, pv} ([keyValueHeads, depth, head] per layer), those of the
 * sequences in {@code sk, sv} ([slot, keyValueHeads, position, head] per layer).
 */
final class DecoderScript {
  private DecoderScript() {}

  static List<TorchAttribute> attributes(Architecture shape) {
    List<TorchAttribute> attributes = new ArrayList<>(LayerScript.attributes(shape));
    for (String tensors : List.of("pk", "pv", "ph", "sk", "sv")) {
      attributes.add(TorchAttribute.tensors(tensors));
    }
    attributes.add(TorchAttribute.integers("stops"));
    attributes.add(TorchAttribute.of("hidden", shape.hiddenSize()));
    attributes.add(TorchAttribute.of("group", shape.heads() / shape.keyValueHeads()));
    return attributes;
  }

  static String methods() {
    return CACHES + LayerScript.METHODS + LINEAR + WALK + MEASURE + SAMPLE + DECODE;
  }

  private static final String CACHES =
      """
      def set_stops(self: __torch__.M, stops: List[int]) -> int:
        self.stops = stops
        return 0
      def cache(self: __torch__.M, shape: List[int]) -> List[Tensor]:
        made = annotate(List[Tensor], [])
        w = self.ws[0]
        for l in range(self.layers):
          # Zeros, since what a mask hides is still multiplied by 0, and 0 times NaN is NaN.
          made.append(torch.zeros(shape, dtype=w.dtype, device=w.device))
        return made
      def open_path(self: __torch__.M, depth: int) -> int:
        self.prepare(depth)
        self.pk = self.cache([self.kvheads, depth, self.width])
        self.pv = self.cache([self.kvheads, depth, self.width])
        w = self.ws[0]
        self.ph = [torch.zeros([depth, self.hidden], dtype=w.dtype, device=w.device)]
        return 0
      def open_slots(self: __torch__.M, slots: int, length: int) -> int:
        self.prepare(length)
        self.sk = self.cache([slots, self.kvheads, length, self.width])
        self.sv = self.cache([slots, self.kvheads, length, self.width])
        return 0
      def release(self: __torch__.M) -> int:
        self.pk = annotate(List[Tensor], [])
        self.pv = annotate(List[Tensor], [])
        self.ph = annotate(List[Tensor], [])
        self.sk = annotate(List[Tensor], [])
        self.sv = annotate(List[Tensor], [])
        return 0
      def move(self: __torch__.M, source: int, target: int, length: int) -> int:
        for l in range(self.layers):
          self.sk[l][target, :, :length] = self.sk[l][source, :, :length]
          self.sv[l][target, :, :length] = self.sv[l][source, :, :length]
        return 0
      """;

  private static final String LINEAR =
      """
      def linear(self: __torch__.M, x: Tensor, layer: int, place: int) -> Tensor:
        w = self.ws[6 + 14 * layer + place]
        b = self.ws[7 + 14 * layer + place]
        if b.numel() > 0:
          return torch.linear(x, w, b)
        return torch.linear(x, w)
      def project(self: __torch__.M, h: Tensor, layer: int) -> Tuple[Tensor, Tensor, Tensor]:
        y = self.linear(h, layer, 2).view([h.size(0), self.heads + 2 * self.kvheads, self.width])
        end = self.heads + self.kvheads
        return (y[:, :self.heads], y[:, self.heads:end], y[:, end:])
      def widen(self: __torch__.M, h: Tensor, layer: int) -> Tuple[Tensor, Tensor]:
        y = self.linear(h, layer, 10)
        if not self.gated:
          return (y, y)
        half = y.size(1) // 2
        return (y[:, :half], y[:, half:])
      def narrow(self: __torch__.M, h: Tensor, layer: int) -> Tensor:
        return self.linear(h, layer, 12)
      def logits(self: __torch__.M, x: Tensor) -> Tensor:
        return torch.linear(self.norm(x, 3), self.ws[5]).to(6)
      """;

  /**
   * Computes the nodes of a chunk. plan is [4, T]: token, position, first node after the subtree,
   * how many nodes of the cached path are ancestors. keep names the nodes that join the path;
   * leaves is [3, n]: slot, length of the shared path, last node of the chunk on the way (or -1).
   */
  private static final String WALK =
      """
      def walk(self: __torch__.M, plan: Tensor, past: int, keep: Tensor, leaves: Tensor) -> Tensor:
        dev = self.ws[0].device
        p = plan.to(dev)
        T = p.size(1)
        order = torch.arange(T, device=dev)
        inside = (order.unsqueeze(0) <= order.unsqueeze(1)) & (order.unsqueeze(1) < p[2].unsqueeze(0))
        sources = annotate(List[Tensor], [])
        slots = annotate(List[int], [])
        for i in range(leaves.size(1)):
          node = int(leaves[2, i])
          source = torch.arange(int(leaves[1, i]), device=dev)
          if node >= 0:
            source = torch.cat([source, past + torch.nonzero(inside[node]).view(-1)])
          sources.append(source)
          slots.append(int(leaves[0, i]))
        x = self.embed(p[0], p[1])
        if T == 0:
          for l in range(self.layers):
            self.seat(l, self.pk[l], self.pv[l], slots, sources)
          return x
        before = torch.arange(past, device=dev).unsqueeze(0) < p[3].unsqueeze(1)
        hidden = torch.logical_not(torch.cat([before, inside], 1))
        mask = torch.zeros([T, past + T], dtype=x.dtype, device=dev).masked_fill_(hidden, -inf)
        near = mask
        if self.window > 0:
          far = self.far(p[1], torch.cat([torch.arange(past, device=dev), p[1]]))
          near = mask.masked_fill(far, -inf)
        cos, sin = self.angles(p[1])
        kept = keep.to(dev)
        depth = p[1].index_select(0, kept)
        shape = [self.kvheads, self.group, past + T, self.width]
        for l in range(self.layers):
          q, k, v = self.heads_of(x, l, cos, sin)
          q = q.view([T, self.kvheads, self.group, self.width])
          k = k.transpose(0, 1)
          v = v.transpose(0, 1)
          ks = torch.cat([self.pk[l][:, :past], k], 1)
          vs = torch.cat([self.pv[l][:, :past], v], 1)
          self.seat(l, ks, vs, slots, sources)
          self.pk[l].index_copy_(1, depth, k.index_select(1, kept))
          self.pv[l].index_copy_(1, depth, v.index_select(1, kept))
          a = torch.scaled_dot_product_attention(q.permute([1, 2, 0, 3]), ks.unsqueeze(1).expand(shape), vs.unsqueeze(1).expand(shape), near if self.windowed[l] > 0 else mask)
          a = a.permute([2, 0, 1, 3]).reshape([T, self.heads * self.width])
          x = self.feed(x + self.linear(a, l, 6), l)
        self.ph[0].index_copy_(0, depth, x.index_select(0, kept))
        return x
      def seat(self: __torch__.M, l: int, ks: Tensor, vs: Tensor, slots: List[int], sources: List[Tensor]) -> int:
        for i in range(len(slots)):
          source = sources[i]
          self.sk[l][slots[i], :, :source.size(0)] = ks.index_select(1, source)
          self.sv[l][slots[i], :, :source.size(0)] = vs.index_select(1, source)
        return 0
      """;

  /**
   * Measures target tokens. rows are places in (cached path, chunk), pairs is [2, m]: place in
   * rows, target. Returns [m, 3]: log-probability, entropy, whether the target is the most likely
   * token.
   */
  private static final String MEASURE =
      """
      def measures(self: __torch__.M, z: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        # z is [n, vocabulary]. log sum exp and the entropy follow from one softmax.
        p = torch.softmax(z, -1)
        top = torch.argmax(z, -1, True)
        lse = z.gather(1, top) - torch.log(p.gather(1, top))
        entropy = lse - p.mul_(z).sum(-1, True)
        return (lse, entropy, top)
      def score(self: __torch__.M, plan: Tensor, past: int, keep: Tensor, rows: Tensor, pairs: Tensor, slice: int) -> Tensor:
        dev = self.ws[0].device
        before = self.ph[0][:past]
        if rows.size(0) > 0:
          before = before.clone()
        h = torch.cat([before, self.walk(plan, past, keep, torch.zeros([3, 0], dtype=4, device=plan.device))], 0)
        h = h.index_select(0, rows.to(dev))
        place = pairs[0].to(dev)
        target = pairs[1].to(dev).unsqueeze(1)
        parts = annotate(List[Tensor], [])
        start = 0
        while start < rows.size(0):
          z = self.logits(h[start:start + slice])
          lse, entropy, top = self.measures(z)
          # Pairs stand in the order of their rows, so that a slice of rows has a run of pairs.
          mine = torch.nonzero((place >= start) & (place < start + slice)).view(-1)
          row = place.index_select(0, mine) - start
          want = target.index_select(0, mine)
          value = z.index_select(0, row).gather(1, want) - lse.index_select(0, row)
          greedy = top.index_select(0, row) == want
          parts.append(torch.cat([value.to(7), entropy.index_select(0, row).to(7), greedy.to(7)], 1))
          start = start + slice
        if len(parts) == 0:
          return torch.zeros([0, 3], dtype=7, device=plan.device)
        return torch.cat(parts, 0).cpu()
      """;

  /**
   * Draws one token per row. how is [n, 3]: temperature, top-k, top-p; u is [n] in [0, 1). A row's
   * draw depends on its own logits and number alone: rows without top-k and top-p invert the
   * distribution in the order of the vocabulary, the others in the order of probability.
   */
  private static final String SAMPLE =
      """
      def draw(self: __torch__.M, z: Tensor, best: Tensor, how: Tensor, u: Tensor, kind: int) -> Tensor:
        # kind: 0 all greedy, 1 some rows draw, 2 some draw under top-k or top-p
        if kind == 0:
          return best
        temperature = how[:, :1]
        greedy = temperature < 1e-4
        p = torch.softmax(z.to(7) / torch.where(greedy, torch.ones_like(temperature), temperature), -1)
        sums = torch.cumsum(p, -1)
        free = self.invert(sums, u)
        chosen = free
        if kind == 2:
          bound = ((how[:, 1:2] >= 1) | (how[:, 2:3] < 1)) & torch.logical_not(greedy)
          picked, found = self.bounded(p, how, u, min(256, z.size(1)))
          # The whole vocabulary is sorted only for rows that need it: sorting costs as much as a layer.
          again = torch.nonzero(bound & torch.logical_not(found))[:, 0]
          if again.size(0) > 0:
            sure, all = self.bounded(p.index_select(0, again), how.index_select(0, again), u.index_select(0, again), z.size(1))
            picked = picked.index_copy(0, again, sure)
          chosen = torch.where(bound, picked, free)
        return torch.where(greedy, best, chosen)
      def bounded(self: __torch__.M, p: Tensor, how: Tensor, u: Tensor, most: int) -> Tuple[Tensor, Tensor]:
        # Draws among the likeliest; also says whether these hold all that top-k and top-p allow.
        ps, ids = torch.topk(p, most, -1, True, True)
        k = how[:, 1:2]
        count = torch.where(k < 1, torch.full_like(k, float(p.size(1))), k)
        rank = torch.arange(most, device=p.device).unsqueeze(0)
        ps = torch.where(rank < count, ps, torch.zeros_like(ps))
        mass = ps.sum(-1, True)
        found = (count <= most) | (mass >= how[:, 2:3])
        ps = ps / torch.where(k < 1, torch.ones_like(mass), mass)
        ahead = torch.cumsum(ps, -1) - ps
        ps = torch.where((ahead < how[:, 2:3]) | (rank < 1), ps, torch.zeros_like(ps))
        return (ids.gather(1, self.invert(torch.cumsum(ps, -1), u)), found)
      def invert(self: __torch__.M, sums: Tensor, u: Tensor) -> Tensor:
        # The first token whose cumulated probability exceeds u times the whole.
        threshold = u.unsqueeze(1) * sums[:, -1:]
        return (sums <= threshold).sum(-1, True).clamp(0, sums.size(1) - 1)
      """;

  /**
   * Continues the sequences in the first n slots. state is [2, n]: the token to feed, its position.
   * Returns [n, steps done, 3]: token, log-probability and entropy at temperature 1. Ends early
   * when every sequence has met a stop token or its bound.
   */
  private static final String DECODE =
      """
      def decode(self: __torch__.M, state: Tensor, left: Tensor, how: Tensor, us: Tensor, longest: int, kind: int) -> Tensor:
        dev = self.ws[0].device
        n = state.size(1)
        token = state[0].to(dev)
        pos = state[1].to(dev)
        bound = left.to(dev)
        ways = how.to(dev)
        draws = us.to(dev)
        room = self.sk[0].size(2)
        stops = torch.tensor(self.stops, dtype=4, device=dev).unsqueeze(0)
        done = torch.zeros([n, 1], dtype=11, device=dev)
        out = annotate(List[Tensor], [])
        for s in range(us.size(1)):
          at = torch.clamp(pos, 0, room - 1)
          length = min(longest + s + 1, room)
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
        places = torch.arange(length, device=at.device)
        later = places.unsqueeze(0) > at.unsqueeze(1)
        mask = torch.zeros([n, length], dtype=x.dtype, device=at.device).masked_fill_(later, -inf)
        near = mask
        if self.window > 0:
          near = mask.masked_fill(self.far(at, places), -inf).view([n, 1, 1, length])
        mask = mask.view([n, 1, 1, length])
        place = at.view([n, 1, 1, 1]).expand([n, self.kvheads, 1, self.width])
        for l in range(self.layers):
          q, k, v = self.heads_of(x, l, cos, sin)
          q = q.view([n, self.kvheads, self.group, self.width])
          ks = self.sk[l][:n]
          vs = self.sv[l][:n]
          ks.scatter_(2, place, k.unsqueeze(2))
          vs.scatter_(2, place, v.unsqueeze(2))
          a = torch.scaled_dot_product_attention(q, ks[:, :, :length], vs[:, :, :length], near if self.windowed[l] > 0 else mask)
          x = self.feed(x + self.linear(a.reshape([n, self.heads * self.width]), l, 6), l)
        return x
      """;
}
