package org.soft4j.lm.train;

import ai.djl.Device;
import java.util.List;
import java.util.Locale;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * Products with frozen matrices in TorchScript: {@code multiply}, x W', and {@code multiply_back},
 * g W, of the place of a weight.
 */
enum ProductScript {
  /** On a GPU, and where there is no oneDNN. */
  PLAIN(
      """
      def pack(self: __torch__.M) -> int:
        return 0
      def multiply(self: __torch__.M, x: Tensor, place: int, bias: Optional[Tensor]) -> Tensor:
        return torch.linear(x, self.ws[place], bias)
      def multiply_back(self: __torch__.M, g: Tensor, place: int) -> Tensor:
        return g @ self.ws[place]
      """),
  /**
   * oneDNN in fp32, where it is a quarter faster than the plain operators: on weights packed once
   * for x W', on the weights as they are for g W. In bf16 the plain operators call oneDNN by
   * themselves and packing gains nothing.
   */
  ONEDNN(
      """
      def pack(self: __torch__.M) -> int:
        if not self.packing or len(self.packs) > 0:
          return 0
        packs = annotate(List[Tensor], [])
        for i in range(len(self.ws)):
          w = self.ws[i]
          inner = (i - 6) % 14
          if i == 5 or (i > 5 and (inner == 2 or inner == 6 or inner == 10 or inner == 12)):
            w = ops.mkldnn._reorder_linear_weight(w, 64)
          packs.append(w)
        self.packs = packs
        return len(packs)
      def product(self: __torch__.M, x: Tensor, w: Tensor, bias: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x.contiguous(), w, bias, "none", annotate(List[Optional[number]], []), None)
      def multiply(self: __torch__.M, x: Tensor, place: int, bias: Optional[Tensor]) -> Tensor:
        if len(self.packs) == 0:
          return torch.linear(x, self.ws[place], bias)
        return self.product(x, self.packs[place], bias)
      def multiply_back(self: __torch__.M, g: Tensor, place: int) -> Tensor:
        if len(self.packs) == 0:
          return g @ self.ws[place]
        return self.product(g, torch.t(self.ws[place]), None)
      """);

  final String methods;

  ProductScript(String methods) {
    this.methods = methods;
  }

  static ProductScript of(Device device) {
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    // libtorch carries oneDNN on x86; elsewhere its operators may be unknown to the compiler.
    boolean x86 = machine.equals("amd64") || machine.equals("x86_64");
    return x86 && !device.isGpu() ? ONEDNN : PLAIN;
  }

  /** What the methods need; {@code packing} allows a copy of the weights, made at the first use. */
  List<TorchAttribute> attributes(boolean packing) {
    return List.of(TorchAttribute.tensors("packs"), TorchAttribute.of("packing", packing));
  }
}
