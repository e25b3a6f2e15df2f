package org.soft4j.lm.train;

import org.soft4j.lm.layer.MatrixProducts;

/**
 * Products with frozen matrices in TorchScript: {@code multiply} of {@link MatrixProducts}, and
 * {@code multiply_back}, g W, of the place of a weight.
 */
final class ProductScript {
  private ProductScript() {}

  /**
   * oneDNN in fp32, where it is a quarter faster than the plain operators, on the weights as they
   * are. In bf16 nothing is packed: the plain operators call oneDNN by themselves.
   */
  private static final String PACKED_BACK =
      """
      def multiply_back(self: __torch__.M, g: Tensor, place: int) -> Tensor:
        if len(self.packs) == 0:
          return g @ self.ws[place]
        return self.product(g, torch.t(self.ws[place]), None)
      """;

  private static final String PLAIN_BACK =
      """
      def multiply_back(self: __torch__.M, g: Tensor, place: int) -> Tensor:
        return g @ self.ws[place]
      """;

  static String methods(boolean gpu) {
    return MatrixProducts.packed(gpu)
        ? MatrixProducts.PACKED + PACKED_BACK
        : MatrixProducts.PLAIN + PLAIN_BACK;
  }
}
