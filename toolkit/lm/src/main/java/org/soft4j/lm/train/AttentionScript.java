package org.soft4j.lm.train;

/**
 * Attention of {@link LoraScript} on a processor, forward and backward, sequence by sequence in
 * blocks of queries, as plain products.
 *
 * <p>The fused operator converts bf16 to fp32 and back, and its autograd fills, pads and sums whole
 * tensors for every slice it was given; the products do none of that, and no sequence is padded to
 * the longest. Query heads that share a key head are rows of one product. Nothing of the size of
 * the scores is kept: the backward pass computes a block's again.
 *
 * <p>Blocks are padded to a multiple of 32 queries, which oneDNN multiplies faster than odd
 * numbers, with the rows that follow: as keys they come after every real query and are masked, as
 * queries their gradient is zero.
 */
final class AttentionScript {
  private AttentionScript() {}

  static final String METHODS =
      """
      # The first query of each block of a sequence.
      def blocks(self: __torch__.M, length: int) -> List[int]:
        return [start for start in range(0, length, 128)]

      # Where a block ends that begins at start: first without, then with its padding.
      def ends(self: __torch__.M, start: int, length: int) -> Tuple[int, int]:
        end = min(start + 128, length)
        return end, start + (end - start + 31) // 32 * 32

      # [rows, q k v] to [rows + 32, heads, width]: queries, scaled, and keys turned, values as they are.
      def heads_forth(self: __torch__.M, qkv: Tensor, layer: int, cos: Tensor,
                      sin: Tensor) -> Tensor:
        x = qkv.view([qkv.size(0), -1, self.width])
        q, k, v = x.split([self.heads, self.kvheads, self.kvheads], 1)
        q, k = self.turned(q, k, layer, cos, sin)
        y = torch.empty([x.size(0) + 32, x.size(1), self.width], dtype=x.dtype, device=x.device)
        y[x.size(0):] = 0.0
        torch.cat([q * self.width ** -0.5, k, v], 1, out=y[:x.size(0)])
        return y

      # Gradient of qkv from that of the heads, which it overwrites.
      def heads_back(self: __torch__.M, g: Tensor, qkv: Tensor, layer: int, cos: Tensor,
                     sin: Tensor) -> Tensor:
        q, k, v = g.split([self.heads, self.kvheads, self.kvheads], 1)
        q.mul_(self.width ** -0.5)
        if self.rotary:
          both = g[:, :self.heads + self.kvheads]
          both.copy_(self.rotate(both, cos, -sin))
        if self.headnorms:
          x = qkv.view([g.size(0), -1, self.width])
          start = 6 + 14 * layer
          q.copy_(self.norm_back(q, x[:, :self.heads], start + 4))
          k.copy_(self.norm_back(k, x[:, self.heads:self.heads + self.kvheads], start + 5))
        return g.view([g.size(0), -1])

      # Rows start..end-1 of the heads first..last-1 as [key heads, rows of each, width].
      def block(self: __torch__.M, x: Tensor, start: int, end: int, first: int,
                last: int) -> Tensor:
        part = x[start:end, first:last].transpose(0, 1)
        return part.reshape([self.kvheads, -1, self.width])

      # What a block's queries give to the keys up to its end: [key heads, queries of each, keys].
      def weights(self: __torch__.M, q: Tensor, k: Tensor, start: int, layer: int) -> Tensor:
        end = k.size(1)
        rows = end - start
        s = torch.bmm(q, k.transpose(1, 2)).view([self.heads, rows, end])
        later = torch.full([rows, rows], -inf, dtype=s.dtype, device=s.device)
        s[:, :, start:].add_(later.triu_(1))
        if self.windowed[layer] > 0 and end > self.window:
          order = torch.arange(end, device=s.device)
          s.masked_fill_(self.far(order[start:], order), -inf)
        return s.softmax(-1).view([self.kvheads, -1, end])

      # Heads of all sequences to [rows, heads * width].
      def attention_forth(self: __torch__.M, x: Tensor, lengths: List[int], layer: int) -> Tensor:
        keys = self.heads + self.kvheads
        y = torch.empty([sum(lengths), self.heads, self.width], dtype=x.dtype, device=x.device)
        at = 0
        for length in lengths:
          whole = (length + 31) // 32 * 32
          k = self.block(x, at, at + whole, self.heads, keys)
          v = self.block(x, at, at + whole, keys, keys + self.kvheads)
          for start in self.blocks(length):
            end, padded = self.ends(start, length)
            q = self.block(x, at + start, at + padded, 0, self.heads)
            p = self.weights(q, k[:, :padded], start, layer)
            o = torch.bmm(p, v[:, :padded]).view([self.heads, -1, self.width]).transpose(0, 1)
            y[at + start:at + end] = o[:end - start]
          at = at + length
        return y.view([y.size(0), -1])

      # Gradient of the heads from that of attention's result; keys and values add up in fp32.
      def attention_back(self: __torch__.M, g: Tensor, x: Tensor, lengths: List[int],
                         layer: int) -> Tensor:
        keys = self.heads + self.kvheads
        g = g.view([g.size(0), self.heads, self.width])
        gx = torch.empty([g.size(0), x.size(1), self.width], dtype=x.dtype, device=x.device)
        at = 0
        for length in lengths:
          whole = (length + 31) // 32 * 32
          k = self.block(x, at, at + whole, self.heads, keys)
          v = self.block(x, at, at + whole, keys, keys + self.kvheads)
          gk = torch.zeros(k.shape, dtype=6, device=x.device)
          gv = torch.zeros(k.shape, dtype=6, device=x.device)
          for start in self.blocks(length):
            end, padded = self.ends(start, length)
            q = self.block(x, at + start, at + padded, 0, self.heads)
            p = self.weights(q, k[:, :padded], start, layer)
            go = torch.zeros([self.heads, padded - start, self.width], dtype=x.dtype, device=x.device)
            go[:, :end - start] = g[at + start:at + end].transpose(0, 1)
            go = go.view([self.kvheads, -1, self.width])
            gv[:, :padded].add_(torch.bmm(p.transpose(1, 2), go))
            gp = torch.bmm(go, v[:, :padded].transpose(1, 2))
            gs = torch._softmax_backward_data(gp, p, -1, p.dtype)
            gk[:, :padded].add_(torch.bmm(gs.transpose(1, 2), q))
            gq = torch.bmm(gs, k[:, :padded]).view([self.heads, -1, self.width]).transpose(0, 1)
            gx[at + start:at + end, :self.heads] = gq[:end - start]
          gx[at:at + length, self.heads:keys] = gk[:, :length].transpose(0, 1)
          gx[at:at + length, keys:] = gv[:, :length].transpose(0, 1)
          at = at + length
        return gx
      """;
}
