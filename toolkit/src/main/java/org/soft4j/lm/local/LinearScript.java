package org.soft4j.lm.local;

import java.util.Locale;

/**
 * The decoder's linear layers in TorchScript, in the form that the processor multiplies fastest.
 *
 * <p>On a processor with oneDNN every matrix is packed once into oneDNN's own block layout: it is
 * fastest at every number of rows that was measured (1 to 1,024), and one packing serves them all.
 * The packed copies are made at the first use and dropped when the weights change. They stand
 * beside the plain weights, which training, merging and the embedding need.
 */
enum LinearScript {
  /** {@code torch.linear} on the plain weights: on a GPU, and where there is no oneDNN. */
  PLAIN(
      """
      def pack(self: __torch__.M) -> int:
        return 0
      def multiply(self: __torch__.M, x: Tensor, place: int, bias: Optional[Tensor]) -> Tensor:
        return torch.linear(x, self.ws[place], bias)
      """),
  /** oneDNN's kernels on packed weights; the same arithmetic in fp32, other rounding. */
  PACKED(
      """
      def pack(self: __torch__.M) -> int:
        if len(self.packs) > 0:
          return 0
        packs = annotate(List[Tensor], [])
        for i in range(len(self.ws)):
          w = self.ws[i]
          inner = (i - 6) % 14
          if i == 5 or (i > 5 and (inner == 2 or inner == 6 or inner == 10 or inner == 12)):
            packs.append(ops.mkldnn._reorder_linear_weight(w, 64))
          else:
            packs.append(w)
        self.packs = packs
        return 1
      def multiply(self: __torch__.M, x: Tensor, place: int, bias: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x.contiguous(), self.packs[place], bias, "none", annotate(List[Optional[number]], []), None)
      """);

  private final String kernel;

  LinearScript(String kernel) {
    this.kernel = kernel;
  }

  /** The form for a device. */
  static LinearScript of(boolean gpu) {
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    // libtorch carries oneDNN on x86; elsewhere its operators may be unknown to the compiler.
    return !gpu && (machine.equals("amd64") || machine.equals("x86_64")) ? PACKED : PLAIN;
  }

  String methods() {
    return kernel + LAYERS;
  }

  private static final String LAYERS =
      """
      def unpack(self: __torch__.M) -> int:
        self.packs = annotate(List[Tensor], [])
        return 0
      def linear(self: __torch__.M, x: Tensor, layer: int, place: int) -> Tensor:
        at = 6 + 14 * layer + place
        b = self.ws[at + 1]
        if b.numel() > 0:
          return self.multiply(x, at, b)
        return self.multiply(x, at, None)
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
        return self.multiply(self.norm(x, 3), 5, None).to(6)
      """;
}
