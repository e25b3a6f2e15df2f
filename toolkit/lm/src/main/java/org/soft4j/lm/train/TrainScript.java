package org.soft4j.lm.train;

import org.soft4j.lm.layer.LayerScript;

/**
 * The TorchScript of the trainer: the layers of {@link LayerScript} over packed sequences, their
 * gradients, AdamW.
 *
 * <p>Shapes: N tokens of all sequences in one row, S sequences, W the length of the longest, M
 * learned tokens, d the hidden size. Attention alone is done on an S x W grid (rows padded at their
 * end, which a causal mask never looks at), so sequences cannot see each other and no N x N mask
 * exists. The last layer's feed-forward, the final norm and the head are computed at the M
 * positions that predict a learned token and nowhere else.
 */
final class TrainScript {
  private TrainScript() {}

  static final String METHODS =
      LayerScript.METHODS
          + LoraScript.METHODS
          + AttentionScript.METHODS
          + """
      def set_linears(self: __torch__.M, linears: List[Tensor]) -> int:
        self.linears = linears
        return self.prepare(self.positions)

      def set_parameters(self: __torch__.M, parameters: List[Tensor], gradients: List[Tensor],
                         first: List[Tensor], second: List[Tensor], steps: List[Tensor]) -> int:
        self.parameters_ = parameters
        self.gradients = gradients
        self.first = first
        self.second = second
        self.steps = steps
        return len(parameters)

      def set_slots(self: __torch__.M, slots: List[int]) -> int:
        self.slots = slots
        return len(slots)

      # What an adapter's input is multiplied by: 0, or 1 / (1 - dropout). A pure function of the
      # micro-batch's seed, so that a layer that is computed again drops the same.
      def mask(self: __torch__.M, x: Tensor, layer: int, which: int) -> Tensor:
        draw = torch.Generator(device=x.device)
        draw.manual_seed(self.seeds[0] + 7 * layer + which)
        keep = torch.empty(x.shape, dtype=6, device=x.device)
        keep = keep.bernoulli_(1.0 - self.dropout, generator=draw)
        return keep.mul_(1.0 / (1.0 - self.dropout)).to(x.dtype)

      # Linear layer `which` (q k v o gate up down) of a layer, with its adapter where it has one.
      def linear(self: __torch__.M, x: Tensor, layer: int, which: int) -> Tensor:
        w = self.linears[14 * layer + 2 * which]
        bias = self.linears[14 * layer + 2 * which + 1]
        if bias.numel() > 0:
          y = torch.linear(x, w, bias)
        else:
          y = torch.linear(x, w)
        if len(self.slots) > 0:
          slot = self.slots[7 * layer + which]
          if slot >= 0:
            a = self.parameters_[2 * slot].to(x.dtype)
            b = self.parameters_[2 * slot + 1].to(x.dtype)
            if self.dropout > 0.0:
              x = x * self.mask(x, layer, which)
            y = torch.addmm(y, torch.linear(x, a), torch.t(b), alpha=self.scale)
        return y

      def project(self: __torch__.M, h: Tensor, layer: int) -> Tuple[Tensor, Tensor, Tensor]:
        q = self.linear(h, layer, 0).view([h.size(0), -1, self.width])
        if self.joined:
          end = self.heads + self.kvheads
          return q[:, :self.heads], q[:, self.heads:end], q[:, end:]
        k = self.linear(h, layer, 1).view([-1, self.kvheads, self.width])
        v = self.linear(h, layer, 2).view([-1, self.kvheads, self.width])
        return q, k, v

      def widen(self: __torch__.M, h: Tensor, layer: int) -> Tuple[Tensor, Tensor]:
        up = self.linear(h, layer, 5)
        if not self.gated:
          return up, up
        return self.linear(h, layer, 4), up

      def narrow(self: __torch__.M, h: Tensor, layer: int) -> Tensor:
        return self.linear(h, layer, 6)

      # N x heads x width to S x heads x W x width.
      def spread(self: __torch__.M, x: Tensor, grid: Tensor, longest: int) -> Tensor:
        if x.shape[1] != self.heads:
          times = self.heads // x.shape[1]
          x = x.unsqueeze(2).expand([x.shape[0], x.shape[1], times, self.width])
          x = x.reshape([x.shape[0], self.heads, self.width])
        if grid.numel() > 0:
          x = x.index_select(0, grid)
        return x.view([-1, longest, self.heads, self.width]).transpose(1, 2)

      # Attention over heads as they leave the projections, [N, heads * width] at the end.
      def mix(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, layer: int, cos: Tensor,
              sin: Tensor, grid: Tensor, back: Tensor, longest: int) -> Tensor:
        q, k = self.turned(q, k, layer, cos, sin)
        q = self.spread(q, grid, longest)
        k = self.spread(k, grid, longest)
        v = self.spread(v, grid, longest)
        if self.windowed[layer] > 0 and longest > self.window:
          order = torch.arange(longest, device=q.device)
          hidden = (order.unsqueeze(0) > order.unsqueeze(1)) | self.far(order, order)
          mask = torch.zeros([longest, longest], dtype=q.dtype, device=q.device)
          y = torch.scaled_dot_product_attention(q, k, v, mask.masked_fill_(hidden, -inf))
        else:
          y = torch.scaled_dot_product_attention(q, k, v, None, 0.0, True)
        y = y.transpose(1, 2).reshape([-1, self.heads * self.width])
        return y.index_select(0, back) if grid.numel() > 0 else y

      def attend(self: __torch__.M, x: Tensor, layer: int, cos: Tensor, sin: Tensor, grid: Tensor,
                 back: Tensor, longest: int) -> Tensor:
        q, k, v = self.project(self.norm(x, 6 + 14 * layer), layer)
        return self.mix(q, k, v, layer, cos, sin, grid, back, longest)

      def layer(self: __torch__.M, x: Tensor, layer: int, cos: Tensor, sin: Tensor, grid: Tensor,
                back: Tensor, targets: Tensor, longest: int) -> Tensor:
        y = self.attend(x, layer, cos, sin, grid, back, longest)
        if layer == self.layers - 1:
          y = y.index_select(0, targets)
          x = x.index_select(0, targets)
        return self.feed(x + self.linear(y, layer, 3), layer)

      # Loss summed over the tokens and its gradient with respect to h, in chunks of positions, so
      # that logits never exceed chunk x vocabulary. Grad mode is off here.
      def head(self: __torch__.M, h: Tensor, labels: Tensor, share: float) -> Tuple[Tensor, Tensor]:
        w = self.ws[5]
        g = torch.empty_like(h)
        loss = torch.zeros([], dtype=7, device=h.device)
        for start in range(0, h.shape[0], self.chunk):
          part = h[start:start + self.chunk]
          label = labels[start:start + self.chunk].unsqueeze(1)
          p = torch.log_softmax(self.multiply(part, 5, None), -1, dtype=6)
          loss = loss - p.gather(1, label).sum(dtype=7)
          p = torch.exp_(p)
          p.scatter_add_(1, label, torch.full_like(label, -1.0, dtype=6))
          p = p.mul_(share).to(w.dtype)
          g[start:start + self.chunk] = self.multiply_back(p, 5)
          if self.full:
            self.gradients[len(self.gradients) - 1].addmm_(torch.t(p), part)
        return loss, g

      def collect(self: __torch__.M, found: List[Optional[Tensor]], skip: int, start: int) -> int:
        for i in range(skip, len(found)):
          g = found[i]
          if g is not None:
            self.gradients[start + i - skip].add_(g)
        return len(found)

      # Forward and backward of one micro-batch; adds to the gradients, gives the summed loss.
      # sizes: length of the longest sequence, learned tokens of the whole batch, recompute or not,
      # seed of what is dropped, lengths of the sequences. Parameters of the layers stand first,
      # equally many in each.
      def accumulate(self: __torch__.M, ids: Tensor, places: Tensor, grid: Tensor, back: Tensor,
                     targets: Tensor, labels: Tensor, sizes: Tensor) -> Tensor:
        longest = int(sizes[0])
        share = 1.0 / float(int(sizes[1]))
        recompute = int(sizes[2]) > 0
        self.seeds = [int(sizes[3])]
        cos, sin = self.angles(places)
        inputs = annotate(List[Tensor], [])
        torch.set_grad_enabled(not recompute)
        x = self.embed(ids, places)
        for i in range(self.layers):
          inputs.append(x)
          x = self.layer(x, i, cos, sin, grid, back, targets, longest)
        torch.set_grad_enabled(True)
        if recompute:
          x = x.detach().requires_grad_(True)
        h = self.norm(x, 3)
        torch.set_grad_enabled(False)
        loss, g = self.head(h.detach(), labels, share)
        torch.set_grad_enabled(True)
        gradient = annotate(List[Optional[Tensor]], [g])
        if not recompute:
          found = torch.autograd.grad([h], self.parameters_, gradient, False, False, True)
          torch.set_grad_enabled(False)
          self.collect(found, 0, 0)
          return loss
        per = self.inner // self.layers
        outer = self.parameters_[self.inner:]
        found = torch.autograd.grad([h], [x] + outer, gradient, False, False, True)
        self.collect(found, 1, self.inner)
        for back_to in range(self.layers):
          i = self.layers - 1 - back_to
          gradient = annotate(List[Optional[Tensor]], [found[0]])
          mine = self.parameters_[per * i:per * (i + 1)]
          torch.set_grad_enabled(True)
          x = inputs.pop().detach().requires_grad_(True)
          y = self.layer(x, i, cos, sin, grid, back, targets, longest)
          found = torch.autograd.grad([y], [x] + mine, gradient, False, False, True)
          torch.set_grad_enabled(False)
          self.collect(found, 1, per * i)
        if len(outer) > 0:
          gradient = annotate(List[Optional[Tensor]], [found[0]])
          torch.set_grad_enabled(True)
          x = self.embed(ids, places)
          found = torch.autograd.grad([x], outer, gradient, False, False, True)
          torch.set_grad_enabled(False)
          self.collect(found, 0, self.inner)
        return loss

      # Takes back what the micro-batches of an unfinished step have added.
      def forget(self: __torch__.M) -> int:
        torch._foreach_zero_(self.gradients)
        return 0

      # Clips by the global norm (as clip_grad_norm_), AdamW, zeroes the gradients; gives the norm.
      def update(self: __torch__.M, rate: float, beta1: float, beta2: float, epsilon: float,
                 decay: float, clip: float) -> float:
        norms = torch._foreach_norm(self.gradients, 2)
        norm = float(torch.linalg_vector_norm(torch.stack(norms), 2))
        torch._foreach_mul_(self.gradients, min(1.0, clip / (norm + 1e-6)))
        torch._foreach_add_(self.steps, 1)
        torch._fused_adamw_(self.parameters_, self.gradients, self.first, self.second,
                            annotate(List[Tensor], []), self.steps, lr=rate, beta1=beta1,
                            beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False,
                            maximize=False)
        torch._foreach_zero_(self.gradients)
        return norm
      """;
}
