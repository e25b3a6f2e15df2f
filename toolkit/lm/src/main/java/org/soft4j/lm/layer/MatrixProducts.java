package org.soft4j.lm.layer;

import java.util.Locale;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * Products with a layer's matrices in TorchScript: {@code pack} makes packed copies where there are
 * any, {@code multiply} gives x W' + bias of the place of a weight (see {@link LayerLayout}).
 *
 * <p>oneDNN's own block layout is fastest at every number of rows that was measured (1 to 1,024),
 * and one packing serves them all. Packed copies stand beside the plain weights, which the
 * embedding and the backward pass need; without them {@code multiply} uses the plain ones.
 */
public final class MatrixProducts {
  private MatrixProducts() {}

  /** On a GPU, and where there is no oneDNN. */
  public static final String PLAIN =
      """
      def pack(self: __torch__.M) -> int:
        return 0
      def multiply(self: __torch__.M, x: Tensor, place: int, bias: Optional[Tensor]) -> Tensor:
        return torch.linear(x, self.ws[place], bias)
      """;

  /** oneDNN's kernel on a packed weight, and the places of the layers' matrices. */
  public static final String KERNEL =
      """
      def matrix(self: __torch__.M, place: int) -> bool:
        inner = (place - 6) % 14
        return place > 5 and (inner == 2 or inner == 6 or inner == 10 or inner == 12)
      def product(self: __torch__.M, x: Tensor, w: Tensor, bias: Optional[Tensor]) -> Tensor:
        return ops.mkldnn._linear_pointwise(x.contiguous(), w, bias, "none", annotate(List[Optional[number]], []), None)
      """;

  /** oneDNN's kernels; the same arithmetic in fp32, other rounding. */
  public static final String PACKED =
      KERNEL
          + """
      def pack(self: __torch__.M) -> int:
        if len(self.packs) > 0:
          return 0
        packs = annotate(List[Tensor], [])
        for i in range(len(self.ws)):
          w = self.ws[i]
          if i == 5 or self.matrix(i):
            packs.append(ops.mkldnn._reorder_linear_weight(w, 64))
          else:
            packs.append(w)
        self.packs = packs
        return 1
      def multiply(self: __torch__.M, x: Tensor, place: int, bias: Optional[Tensor]) -> Tensor:
        if len(self.packs) == 0:
          return torch.linear(x, self.ws[place], bias)
        return self.product(x, self.packs[place], bias)
      """;

  /** Where the packed copies stand. */
  public static TorchAttribute attribute() {
    return TorchAttribute.tensors("packs");
  }

  /** Whether {@link #PACKED} is understood and fast. */
  public static boolean packed(boolean gpu) {
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    // libtorch carries oneDNN on x86; elsewhere its operators may be unknown to the compiler.
    return !gpu && (machine.equals("amd64") || machine.equals("x86_64"));
  }
}
