package org.soft4j.lm.local;

/**
 * Computing the nodes of a prefix tree, in TorchScript.
 *
 * <p>{@code walk} computes a chunk. plan is [4, T]: token, position, first node after the subtree,
 * how many nodes of the cached path are ancestors. keep names the nodes that join the path; leaves
 * is [3, n]: slot, length of the shared path, last node of the chunk on the way (or -1). spans is
 * [3, s]: first node, node after the last, ancestors on the path; groups is [4, g]: the same of
 * subtrees that see nothing of one another, and 1 for a chain; see {@link TreeChunk}. Without
 * {@code outputs} the last layer ends with its keys and values, which are all that {@code fill}
 * leaves behind.
 *
 * <p>Attention in two forms. {@code masked} is the plain one: path and chunk side by side under a
 * mask. {@code split} attends to the path without a mask and to a group of the chunk causally or
 * under a small mask, and merges both by their log-sum-exp (Dao 2023, section 2.3), so that nothing
 * is copied, and what a mask would hide is mostly not computed. {@code blocks} does the same by
 * products, some queries at a time: in bf16 on a processor the fused operator converts to fp32 and
 * back.
 */
final class WalkScript {
  private WalkScript() {}

  static final String METHODS =
      """
      def fill(self: __torch__.M, plan: Tensor, past: int, keep: Tensor, spans: Tensor, groups: Tensor, leaves: Tensor) -> int:
        self.walk(plan, past, keep, spans, groups, leaves, False)
        return plan.size(1)
      def walk(self: __torch__.M, plan: Tensor, past: int, keep: Tensor, spans: Tensor, groups: Tensor, leaves: Tensor, outputs: bool) -> Tensor:
        dev = self.ws[0].device
        p = plan.to(dev)
        T = p.size(1)
        order = torch.arange(T, device=dev)
        inside = (order.unsqueeze(0) <= order.unsqueeze(1)) & (order.unsqueeze(1) < p[2].unsqueeze(0))
        nodes = annotate(List[Tensor], [])
        seats = annotate(List[int], [])
        for i in range(leaves.size(1)):
          cached = int(leaves[1, i])
          node = int(leaves[2, i])
          mine = order[:0]
          if node >= 0:
            mine = torch.nonzero(inside[node]).view(-1)[max(0, self.common - cached):]
          nodes.append(mine)
          seats.append(int(leaves[0, i]))
          seats.append(cached)
        x = self.embed(p[0], p[1])
        if T == 0:
          for l in range(self.layers):
            self.seat(l, self.pk[l][:, :0], self.pv[l][:, :0], seats, nodes)
          return x
        divided = spans.size(1) > 0
        blockwise = self.products and x.dtype == 15
        mask = order
        near = order
        if not divided:
          before = torch.arange(past, device=dev).unsqueeze(0) < p[3].unsqueeze(1)
          mask = self.mask(torch.cat([before, inside], 1), x.dtype)
          near = mask
          if self.window > 0:
            far = self.far(p[1], torch.cat([torch.arange(past, device=dev), p[1]]))
            near = mask.masked_fill(far, -inf)
        elif blockwise or bool((groups[3] == 0).any()):
          mask = self.mask(inside, x.dtype)
        pieces = annotate(List[int], spans.t().flatten().tolist())
        grouping = annotate(List[int], groups.t().flatten().tolist())
        cos, sin = self.angles(p[1])
        kept = keep.to(dev)
        depth = p[1].index_select(0, kept)
        ended = self.layers if outputs else self.layers - 1
        for l in range(self.layers):
          q, k, v = self.heads_of(x, l, cos, sin)
          q = q.view([T, self.kvheads, self.group, self.width]).permute([1, 2, 0, 3])
          k = k.transpose(0, 1)
          v = v.transpose(0, 1)
          a = q
          if l < ended:
            if divided and blockwise:
              a = self.blocks(q, k, v, l, mask, grouping)
            elif divided:
              a = self.split(q, k, v, l, mask, pieces, grouping)
            else:
              a = self.masked(q, k, v, l, past, near if self.windowed[l] > 0 else mask)
          self.seat(l, k, v, seats, nodes)
          self.pk[l].index_copy_(1, depth, k.index_select(1, kept))
          self.pv[l].index_copy_(1, depth, v.index_select(1, kept))
          if l < ended:
            a = a.permute([2, 0, 1, 3]).reshape([T, self.heads * self.width])
            x = self.feed(x + self.linear(a, l, 6), l)
        if outputs:
          self.ph[0].index_copy_(0, depth, x.index_select(0, kept))
        return x
      def mask(self: __torch__.M, seen: Tensor, dtype: int) -> Tensor:
        return torch.zeros(seen.size(), dtype=dtype, device=seen.device).masked_fill_(torch.logical_not(seen), -inf)
      def grouped(self: __torch__.M, x: Tensor) -> Tensor:
        # Every head of a group sees the same keys; nothing is copied.
        return x.unsqueeze(1).expand([self.kvheads, self.group, x.size(1), self.width])
      def masked(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, l: int, past: int, mask: Tensor) -> Tensor:
        ks = torch.cat([self.pk[l][:, :past], k], 1)
        vs = torch.cat([self.pv[l][:, :past], v], 1)
        return torch.scaled_dot_product_attention(q, self.grouped(ks), self.grouped(vs), mask)
      def split(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, l: int, mask: Tensor, spans: List[int], groups: List[int]) -> Tensor:
        a, sums = self.within(q, self.grouped(k), self.grouped(v), mask, groups)
        if len(spans) == 3:
          return self.onto(q, a, sums, l, spans[2])
        parts = annotate(List[Tensor], [])
        for i in range(len(spans) // 3):
          start = spans[3 * i]
          end = spans[3 * i + 1]
          parts.append(self.onto(q[:, :, start:end], a[:, :, start:end], sums[:, :, start:end], l, spans[3 * i + 2]))
        return torch.cat(parts, 2)
      def within(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, groups: List[int]) -> Tuple[Tensor, Tensor]:
        # What the chunk's nodes give to one another, and the log-sum-exp of their scores.
        parts = annotate(List[Tensor], [])
        sums = annotate(List[Tensor], [])
        for i in range(len(groups) // 4):
          start = groups[4 * i]
          end = groups[4 * i + 1]
          chain = groups[4 * i + 3] > 0
          hidden = annotate(Optional[Tensor], None) if chain else mask[start:end, start:end]
          a, s = torch._scaled_dot_product_flash_attention_for_cpu(q[:, :, start:end], k[:, :, start:end], v[:, :, start:end], 0.0, chain, attn_mask=hidden)
          parts.append(a)
          sums.append(s)
        if len(parts) == 1:
          return (parts[0], sums[0])
        return (torch.cat(parts, 2), torch.cat(sums, 2))
      def blocks(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, l: int, mask: Tensor, groups: List[int]) -> Tensor:
        q = q * (float(self.width) ** -0.5)
        parts = annotate(List[Tensor], [])
        for i in range(len(groups) // 4):
          first = groups[4 * i]
          end = groups[4 * i + 1]
          shared = groups[4 * i + 2]
          last = min(first + self.padded(shared + end - first) - shared, q.size(2))
          ks = torch.cat([self.pk[l][:, :shared], k[:, first:last]], 1).transpose(1, 2)
          vs = torch.cat([self.pv[l][:, :shared], v[:, first:last]], 1)
          start = first
          while start < end:
            stop = min(start + 128, end)
            # In a chain only the block's own nodes can be hidden from one another.
            since = start if groups[4 * i + 3] > 0 else first
            # The nodes that fill up the rows of scores are none of the block's ancestors.
            length = min(self.padded(shared + stop - first), shared + last - first)
            s = torch.bmm(q[:, :, start:stop].flatten(1, 2), ks[:, :, :length]).view([self.kvheads, self.group, stop - start, length])
            s[:, :, :, shared + since - first:].add_(mask[start:stop, since:first + length - shared])
            p = torch.softmax(s, -1).flatten(1, 2)
            parts.append(torch.bmm(p, vs[:, :length]).view([self.kvheads, self.group, stop - start, self.width]))
            start = stop
        return torch.cat(parts, 2)
      def onto(self: __torch__.M, q: Tensor, a: Tensor, sums: Tensor, l: int, shared: int) -> Tensor:
        # Adds what the first nodes of the path give to the attention a.
        if shared == 0:
          return a
        b, more = torch._scaled_dot_product_flash_attention_for_cpu(q, self.grouped(self.pk[l][:, :shared]), self.grouped(self.pv[l][:, :shared]), 0.0, False)
        return torch.lerp(b, a, torch.sigmoid(sums - more).unsqueeze(-1).to(a.dtype))
      def seat(self: __torch__.M, l: int, k: Tensor, v: Tensor, seats: List[int], nodes: List[Tensor]) -> int:
        # Gives slots their own part of the path, in which the first self.common nodes do not stand.
        for i in range(len(nodes)):
          slot = seats[2 * i]
          first = max(0, seats[2 * i + 1] - self.common)
          last = first + nodes[i].size(0)
          if first > 0:
            self.sk[l][slot, :, :first] = self.pk[l][:, self.common:self.common + first]
            self.sv[l][slot, :, :first] = self.pv[l][:, self.common:self.common + first]
          self.sk[l][slot, :, first:last] = k.index_select(1, nodes[i])
          self.sv[l][slot, :, first:last] = v.index_select(1, nodes[i])
        return 0
      """;
}
