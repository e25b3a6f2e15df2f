package org.soft4j.lm.train;

/**
 * Forward and backward pass of adapters on frozen layers, written out by hand: the fast path of
 * {@link TrainScript}, whose autograd pass is its reference.
 *
 * <p>Frozen weights need no gradient, so a layer's backward pass is one product per frozen matrix,
 * and matrices that read the same rows are one (query, key and value; gate and up). Kept of a layer
 * are its input, what enters attention, what leaves it, the residual after it, and gate and up;
 * norms and activations are computed again. Attention is {@link AttentionScript}'s on a processor
 * and goes through autograd on a GPU, rotation included.
 *
 * <p>For y = x W' + s (x A') B' with gradient g: u = s g B, gradient of x = g W + u A, of A = u' x,
 * of B = s g' (x A'). Products run in the weights' number format; gradients, that of the residual
 * stream too, add up in fp32.
 */
final class LoraScript {
  private LoraScript() {}

  static final String METHODS =
      """
      # Outputs of linear layer `which` (q k v o gate up down).
      def outputs(self: __torch__.M, which: int) -> int:
        if which == 0:
          return self.heads * self.width
        if which < 3:
          return self.kvheads * self.width
        return self.intermediate if which == 4 or which == 5 else self.ws[0].size(1)

      # The A of the linear layers first..last-1 of a layer, rows one under another.
      def stacked(self: __torch__.M, layer: int, first: int, last: int, like: Tensor) -> Tensor:
        parts = annotate(List[Tensor], [])
        for which in range(first, last):
          slot = self.slots[7 * layer + which]
          if slot >= 0:
            parts.append(self.parameters_[2 * slot].detach())
        if len(parts) == 0:
          return torch.empty([0], dtype=like.dtype, device=like.device)
        return torch.cat(parts).to(like.dtype)

      # y and x A' of linear layers that read the same rows.
      def forth(self: __torch__.M, x: Tensor, layer: int, first: int, last: int,
                place: int) -> Tuple[Tensor, Tensor]:
        at = 6 + 14 * layer + place
        bias = self.ws[at + 1]
        y = self.multiply(x, at, bias if bias.numel() > 0 else None)
        a = self.stacked(layer, first, last, x)
        if a.numel() == 0:
          return y, a
        z = torch.linear(x, a)
        row = 0
        at = 0
        for which in range(first, last):
          slot = self.slots[7 * layer + which]
          rows = self.outputs(which)
          if slot >= 0:
            b = self.parameters_[2 * slot + 1].detach().to(x.dtype)
            rank = b.size(1)
            y[:, row:row + rows].addmm_(z[:, at:at + rank], torch.t(b), alpha=self.scale)
            at = at + rank
          row = row + rows
        return y, z

      # Adds the adapters' gradients, gives that of the rows read.
      def back(self: __torch__.M, g: Tensor, x: Tensor, z: Tensor, layer: int, first: int,
               last: int, place: int) -> Tensor:
        down = self.multiply_back(g, 6 + 14 * layer + place)
        if z.numel() == 0:
          return down
        us = annotate(List[Tensor], [])
        row = 0
        at = 0
        for which in range(first, last):
          slot = self.slots[7 * layer + which]
          rows = self.outputs(which)
          if slot >= 0:
            part = g[:, row:row + rows]
            b = self.parameters_[2 * slot + 1].detach()
            us.append(part @ b.to(g.dtype))
            gb = torch.t(part) @ z[:, at:at + b.size(1)]
            self.gradients[2 * slot + 1].add_(gb, alpha=self.scale)
            at = at + b.size(1)
          row = row + rows
        u = torch.cat(us, 1).mul_(self.scale)
        down.addmm_(u, self.stacked(layer, first, last, g))
        ga = torch.t(u) @ x
        at = 0
        for which in range(first, last):
          slot = self.slots[7 * layer + which]
          if slot >= 0:
            rank = self.gradients[2 * slot].size(0)
            self.gradients[2 * slot].add_(ga[at:at + rank])
            at = at + rank
        return down

      # Gradient of rms_norm's input: r (g w - x r^2 mean(g w x)), r = 1 / sqrt(mean(x^2) + epsilon).
      def norm_back(self: __torch__.M, g: Tensor, x: Tensor, place: int) -> Tensor:
        y = x.to(6)
        r = torch.rsqrt((y * y).mean([-1], True) + self.epsilon)
        gw = g * self.ws[place].to(6)
        c = (gw * y).mean([-1], True) * (r * r)
        return torch.addcmul(gw, y, c, value=-1).mul_(r)

      # Everything between the projections: [rows, q k v] to [rows, heads * width].
      def core(self: __torch__.M, qkv: Tensor, layer: int, cos: Tensor, sin: Tensor, grid: Tensor,
               back: Tensor, targets: Tensor, longest: int) -> Tensor:
        heads = qkv.view([qkv.size(0), -1, self.width])
        q, k, v = heads.split([self.heads, self.kvheads, self.kvheads], 1)
        y = self.mix(q, k, v, layer, cos, sin, grid, back, longest)
        return y.index_select(0, targets) if layer == self.layers - 1 else y

      # [rows, q k v] to [rows, heads * width], and what the backward pass needs of it, the graph of
      # autograd or the heads by parts. The last layer's rows are the targets alone.
      def core_forth(self: __torch__.M, qkv: Tensor, layer: int, cos: Tensor, sin: Tensor,
                     grid: Tensor, back: Tensor, targets: Tensor, longest: int,
                     lengths: List[int]) -> Tuple[Tensor, List[Tensor]]:
        if self.parted:
          heads = self.heads_forth(qkv, layer, cos, sin)
          y = self.attention_forth(heads, lengths, layer)
          if layer == self.layers - 1:
            y = y.index_select(0, targets)
          return y, [heads, qkv] if self.headnorms else [heads]
        torch.set_grad_enabled(True)
        qkv = qkv.detach().requires_grad_(True)
        y = self.core(qkv, layer, cos, sin, grid, back, targets, longest)
        torch.set_grad_enabled(False)
        return y.detach(), [y, qkv]

      # Gradient of qkv.
      def core_back(self: __torch__.M, g: Tensor, kept: List[Tensor], layer: int, cos: Tensor,
                    sin: Tensor, targets: Tensor, lengths: List[int]) -> Tensor:
        if self.parted:
          heads = kept[0]
          if layer == self.layers - 1:
            whole = torch.zeros([sum(lengths), g.size(1)], dtype=g.dtype, device=g.device)
            g = whole.index_copy_(0, targets, g)
          gx = self.attention_back(g, heads, lengths, layer)
          return self.heads_back(gx, kept[len(kept) - 1], layer, cos, sin)
        torch.set_grad_enabled(True)
        gradient = annotate(List[Optional[Tensor]], [g])
        found = torch.autograd.grad([kept[0]], [kept[1]], gradient, False, False, False)
        torch.set_grad_enabled(False)
        gx = found[0]
        assert gx is not None
        return gx

      # The layer's result, then what its backward pass needs.
      def layer_forth(self: __torch__.M, x: Tensor, layer: int, cos: Tensor, sin: Tensor,
                      grid: Tensor, back: Tensor, targets: Tensor, longest: int,
                      lengths: List[int]) -> List[Tensor]:
        start = 6 + 14 * layer
        qkv, z = self.forth(self.norm(x, start), layer, 0, 3, 2)
        mixed, inside = self.core_forth(qkv, layer, cos, sin, grid, back, targets, longest, lengths)
        o, zo = self.forth(mixed, layer, 3, 4, 6)
        middle = o.add_(x.index_select(0, targets) if layer == self.layers - 1 else x)
        wide, zw = self.forth(self.norm(middle, start + 8), layer, 4, 6, 10)
        gate, up = wide.split([self.intermediate, self.intermediate], 1)
        y, zy = self.forth(torch.silu(gate).mul_(up), layer, 6, 7, 12)
        return [y.add_(middle), x, z, mixed, zo, middle, wide, zw, zy] + inside

      # Gradient of the layer's input from that of its result.
      def layer_back(self: __torch__.M, g: Tensor, kept: List[Tensor], layer: int, cos: Tensor,
                     sin: Tensor, targets: Tensor, lengths: List[int]) -> Tensor:
        start = 6 + 14 * layer
        middle = kept[5]
        gate, up = kept[6].split([self.intermediate, self.intermediate], 1)
        active = torch.silu(gate)
        ga = self.back(g.to(up.dtype), active * up, kept[8], layer, 6, 7, 12)
        gw = torch.cat([torch.silu_backward(ga * up, gate), ga.mul_(active)], 1)
        gh = self.back(gw, self.norm(middle, start + 8), kept[7], layer, 4, 6, 10)
        g = self.norm_back(gh, middle, start + 8).add_(g)
        gm = self.back(g.to(up.dtype), kept[3], kept[4], layer, 3, 4, 6)
        gq = self.core_back(gm, kept[9:], layer, cos, sin, targets, lengths)
        x = kept[1]
        gh = self.back(gq, self.norm(x, start), kept[2], layer, 0, 3, 2)
        gx = self.norm_back(gh, x, start)
        return gx.index_add_(0, targets, g) if layer == self.layers - 1 else gx.add_(g)

      # As accumulate, of which it is the fast path.
      def accumulate_adapters(self: __torch__.M, ids: Tensor, places: Tensor, grid: Tensor,
                              back: Tensor, targets: Tensor, labels: Tensor,
                              sizes: Tensor) -> Tensor:
        longest = int(sizes[0])
        share = 1.0 / float(int(sizes[1]))
        recompute = int(sizes[2]) > 0
        lengths = annotate(List[int], [])
        for i in range(4, sizes.size(0)):
          lengths.append(int(sizes[i]))
        cos, sin = self.angles(places)
        torch.set_grad_enabled(False)
        if self.packing:
          self.pack()
        kept = annotate(List[List[Tensor]], [])
        x = self.embed(ids, places)
        for i in range(self.layers):
          layer = self.layer_forth(x, i, cos, sin, grid, back, targets, longest, lengths)
          kept.append([x] if recompute else layer)
          x = layer[0]
        loss, g = self.head(self.norm(x, 3), labels, share)
        g = self.norm_back(g, x, 3)
        for back_to in range(self.layers):
          i = self.layers - 1 - back_to
          layer = kept.pop()
          if recompute:
            layer = self.layer_forth(layer[0], i, cos, sin, grid, back, targets, longest, lengths)
          g = self.layer_back(g, layer, i, cos, sin, targets, lengths)
        return loss
      """;
}
