package org.soft4j.lm.local;

/** Measuring and drawing tokens from logits, in TorchScript. */
final class SampleScript {
  private SampleScript() {}

  static String methods() {
    return MEASURE + SAMPLE;
  }

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
      def score(self: __torch__.M, plan: Tensor, past: int, keep: Tensor, spans: Tensor, groups: Tensor, rows: Tensor, pairs: Tensor, slice: int) -> Tensor:
        dev = self.ws[0].device
        before = self.ph[0][:past]
        if rows.size(0) > 0:
          before = before.clone()
        h = torch.cat([before, self.walk(plan, past, keep, spans, groups, torch.zeros([3, 0], dtype=4, device=plan.device), True)], 0)
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
}
