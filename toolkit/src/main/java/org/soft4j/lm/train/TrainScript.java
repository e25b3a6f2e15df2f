package org.soft4j.lm.train;

/**
 * The TorchScript of the trainer: a Llama decoder over packed sequences, its gradients, AdamW.
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
      """
      def set_weights(self: __torch__.M, weights: List[Tensor]) -> int:
        self.weights = weights
        device = weights[0].device
        half = torch.arange(0, self.width, 2, dtype=6, device=device) / float(self.width)
        rates = 1.0 / torch.pow(self.theta, half)
        places = torch.arange(self.positions, dtype=6, device=device)
        angles = torch.outer(places, rates)
        angles = torch.cat([angles, angles], -1)
        self.tables = [torch.cos(angles), torch.sin(angles)]
        return len(weights)

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

      # Linear layer `which` (q k v o gate up down) of a layer, with its adapter where it has one.
      def linear(self: __torch__.M, x: Tensor, layer: int, which: int) -> Tensor:
        offset = which + 1 if which < 4 else which + 2
        y = torch.linear(x, self.weights[1 + 9 * layer + offset])
        if len(self.slots) > 0:
          slot = self.slots[7 * layer + which]
          if slot >= 0:
            a = self.parameters_[2 * slot]
            b = self.parameters_[2 * slot + 1]
            if x.dtype == a.dtype:
              y = torch.addmm(y, torch.linear(x, a), torch.t(b), alpha=self.scale)
            else:
              delta = torch.linear(torch.linear(x.to(a.dtype), a), b) * self.scale
              y = (y.to(a.dtype) + delta).to(x.dtype)
        return y

      def norm(self: __torch__.M, x: Tensor, which: int) -> Tensor:
        return torch.rms_norm(x, [x.shape[-1]], self.weights[which], self.epsilon)

      def rotate(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        half = self.width // 2
        y = x.to(6)
        turned = torch.cat([-y[:, :, half:], y[:, :, :half]], -1)
        return (y * cos + turned * sin).to(x.dtype)

      # N x heads x width to S x heads x W x width.
      def spread(self: __torch__.M, x: Tensor, grid: Tensor, longest: int) -> Tensor:
        if x.shape[1] != self.heads:
          times = self.heads // x.shape[1]
          x = x.unsqueeze(2).expand([x.shape[0], x.shape[1], times, self.width])
          x = x.reshape([x.shape[0], self.heads, self.width])
        if grid.numel() > 0:
          x = x.index_select(0, grid)
        return x.view([-1, longest, self.heads, self.width]).transpose(1, 2)

      def attend(self: __torch__.M, h: Tensor, layer: int, cos: Tensor, sin: Tensor, grid: Tensor,
                 back: Tensor, longest: int) -> Tensor:
        q = self.linear(h, layer, 0).view([-1, self.heads, self.width])
        k = self.linear(h, layer, 1).view([-1, self.groups, self.width])
        v = self.linear(h, layer, 2).view([-1, self.groups, self.width])
        q = self.spread(self.rotate(q, cos, sin), grid, longest)
        k = self.spread(self.rotate(k, cos, sin), grid, longest)
        v = self.spread(v, grid, longest)
        y = torch.scaled_dot_product_attention(q, k, v, None, 0.0, True)
        y = y.transpose(1, 2).reshape([-1, self.heads * self.width])
        return y.index_select(0, back) if grid.numel() > 0 else y

      def layer(self: __torch__.M, x: Tensor, layer: int, cos: Tensor, sin: Tensor, grid: Tensor,
                back: Tensor, targets: Tensor, longest: int) -> Tensor:
        start = 1 + 9 * layer
        y = self.attend(self.norm(x, start), layer, cos, sin, grid, back, longest)
        if layer == self.layers - 1:
          y = y.index_select(0, targets)
          x = x.index_select(0, targets)
        x = x + self.linear(y, layer, 3)
        h = self.norm(x, start + 5)
        gated = torch.silu(self.linear(h, layer, 4)) * self.linear(h, layer, 5)
        return x + self.linear(gated, layer, 6)

      # Loss summed over the tokens and its gradient with respect to h, in chunks of positions, so
      # that logits never exceed chunk x vocabulary. Grad mode is off here.
      def head(self: __torch__.M, h: Tensor, labels: Tensor, share: float) -> Tuple[Tensor, Tensor]:
        w = self.weights[len(self.weights) - 1]
        g = torch.empty_like(h)
        loss = torch.zeros([], dtype=7, device=h.device)
        for start in range(0, h.shape[0], self.chunk):
          part = h[start:start + self.chunk]
          label = labels[start:start + self.chunk].unsqueeze(1)
          p = torch.log_softmax(torch.linear(part, w), -1, dtype=6)
          loss = loss - p.gather(1, label).sum(dtype=7)
          p = torch.exp_(p)
          p.scatter_add_(1, label, torch.full_like(label, -1.0, dtype=6))
          p = p.mul_(share).to(w.dtype)
          g[start:start + self.chunk] = p @ w
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
      # sizes: length of the longest sequence, learned tokens of the whole batch, recompute or not.
      def accumulate(self: __torch__.M, ids: Tensor, places: Tensor, grid: Tensor, back: Tensor,
                     targets: Tensor, labels: Tensor, sizes: Tensor) -> Tensor:
        longest = int(sizes[0])
        share = 1.0 / float(int(sizes[1]))
        recompute = int(sizes[2]) > 0
        cos = self.tables[0].index_select(0, places).unsqueeze(1)
        sin = self.tables[1].index_select(0, places).unsqueeze(1)
        inputs = annotate(List[Tensor], [])
        torch.set_grad_enabled(not recompute)
        x = torch.embedding(self.weights[0], ids)
        for i in range(self.layers):
          inputs.append(x)
          x = self.layer(x, i, cos, sin, grid, back, targets, longest)
        torch.set_grad_enabled(True)
        if recompute:
          x = x.detach().requires_grad_(True)
        h = self.norm(x, 1 + 9 * self.layers)
        torch.set_grad_enabled(False)
        loss, g = self.head(h.detach(), labels, share)
        torch.set_grad_enabled(True)
        gradient = annotate(List[Optional[Tensor]], [g])
        if not recompute:
          found = torch.autograd.grad([h], self.parameters_, gradient, False, False, True)
          torch.set_grad_enabled(False)
          self.collect(found, 0, 0)
          return loss
        found = torch.autograd.grad([h], [x], gradient, False, False, False)
        per = len(self.parameters_) // self.layers
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
