package org.soft4j.lm.local;

import java.util.List;
import org.soft4j.core.UserError;
import org.soft4j.lm.layer.MatrixProducts;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * The decoder's linear layers in TorchScript, in the form that the processor multiplies fastest.
 *
 * <p>On a processor with oneDNN every matrix is packed once. The packed copies are made at the
 * first use and dropped when the weights change or memory runs out.
 */
enum LinearScript {
  /** {@code torch.linear} on the plain weights: on a GPU, and where there is no oneDNN. */
  PLAIN(MatrixProducts.PLAIN),
  /** oneDNN's kernels on packed weights. */
  PACKED(MatrixProducts.PACKED),
  /**
   * Weights and activations in 8 bits, products summed in 32-bit integers. A row of weights has one
   * scale: its largest magnitude over 127. A row of activations is divided by its largest
   * magnitude, so that the kernel's one range for all rows, found at every use, is each row's own
   * (row-wise absmax quantization as in Dettmers et al. 2022, section 2.1, no outlier part). The
   * head stays in fp32.
   */
  EIGHT_BIT(
      MatrixProducts.KERNEL
          + """
      def pack(self: __torch__.M) -> int:
        if len(self.packs) > 0:
          return 0
        packs = annotate(List[Tensor], [])
        eights = annotate(List[__torch__.torch.classes.quantized.LinearPackedParamsBase], [])
        for i in range(len(self.ws)):
          w = self.ws[i]
          place = -1
          if self.matrix(i):
            scale = torch.clamp_min(w.abs().amax(1), 1e-30) / 127.0
            whole = torch.round(w / scale.unsqueeze(1)).to(1)
            zero = torch.zeros([w.size(0)], dtype=4, device=w.device)
            eights.append(ops.quantized.linear_prepack(torch._make_per_channel_quantized_tensor(whole, scale.to(7), zero, 0), None))
            place = len(eights) - 1
          # Where a matrix of 8 bits stands, its number.
          if i == 5:
            packs.append(ops.mkldnn._reorder_linear_weight(w, 64))
          else:
            packs.append(torch.tensor(place, device=w.device))
        self.packs = packs
        self.eights = eights
        return 1
      def multiply(self: __torch__.M, x: Tensor, place: int, bias: Optional[Tensor]) -> Tensor:
        if place == 5:
          return self.product(x, self.packs[place], bias)
        scale = torch.clamp_min(x.abs().amax(1, True), 1e-30)
        y = ops.quantized.linear_dynamic((x / scale).contiguous(), self.eights[int(self.packs[place])], False)
        y = y.mul_(scale)
        if bias is not None:
          y = y.add_(bias)
        return y
      """);

  private static final String EIGHT_BIT_MATRIX =
      "__torch__.torch.classes.quantized.LinearPackedParamsBase";
  private static final byte[] EMPTY_LIST = {']'};

  private final String kernel;

  LinearScript(String kernel) {
    this.kernel = kernel;
  }

  /** The form for a dtype on a device. */
  static LinearScript of(Dtype dtype, boolean gpu) {
    boolean packing = MatrixProducts.packed(gpu);
    if (dtype != Dtype.INT8) {
      return packing ? PACKED : PLAIN;
    }
    if (!packing) {
      throw new UserError(
          "The dtype int8 needs an x86 processor, and the model is to run on "
              + (gpu ? "a GPU." : "\"" + System.getProperty("os.arch") + "\"."),
          "Use --dtype auto, or --device cpu on an x86 machine.");
    }
    return EIGHT_BIT;
  }

  /** What the methods need beside the layers' own attributes. */
  List<TorchAttribute> attributes() {
    TorchAttribute packs = MatrixProducts.attribute();
    return this == EIGHT_BIT
        ? List.of(packs, new TorchAttribute("eights", "List[" + EIGHT_BIT_MATRIX + "]", EMPTY_LIST))
        : List.of(packs);
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
      def heads_of(self: __torch__.M, x: Tensor, layer: int, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        # Query, key and value heads of the rows x.
        h = self.norm(x, 6 + 14 * layer)
        y = self.linear(h, layer, 2).view([h.size(0), self.heads + 2 * self.kvheads, self.width])
        end = self.heads + self.kvheads
        if self.headnorms or not self.rotary:
          q, k = self.turned(y[:, :self.heads], y[:, self.heads:end], layer, cos, sin)
          return (q, k, y[:, end:])
        # Queries and keys turn together: half as many calls.
        both = self.rotate(y[:, :end], cos, sin)
        return (both[:, :self.heads], both[:, self.heads:], y[:, end:])
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
