package org.soft4j.speed.machine;

import java.util.List;
import org.soft4j.lm.torch.TorchAttribute;

/** Products and memory traffic in TorchScript, so that they run on the decoder's own kernels. */
final class LimitScript {
  static final List<TorchAttribute> ATTRIBUTES =
      List.of(TorchAttribute.tensors("left"), TorchAttribute.tensors("right"));

  /**
   * prepare makes x [rows, inputs] and w [outputs, inputs]; products multiplies them; kind is a
   * dtype's number, or 1 for int8 weights with activations quantized on the fly.
   */
  static final String METHODS =
      """
      def prepare(self: __torch__.M, rows: int, inputs: int, outputs: int, kind: int) -> int:
        kept = kind
        if kind == 1:
          kept = 6
        self.left = [torch.randn([rows, inputs], dtype=6).to(kept)]
        self.right = [torch.randn([outputs, inputs], dtype=6).to(kept)]
        return 0
      def products(self: __torch__.M, times: int) -> float:
        x = self.left[0]
        w = self.right[0]
        y = torch.linear(x, w)
        for i in range(times - 1):
          y = torch.linear(x, w)
        return float(y[0, 0])
      def small_products(self: __torch__.M, times: int) -> float:
        x = self.left[0]
        w = self.right[0]
        scales = torch.amax(torch.abs(w), 1).to(7) / 127.0
        zeros = torch.zeros([w.size(0)], dtype=4)
        packed = ops.quantized.linear_prepack(torch.quantize_per_channel(w, scales, zeros, 0, 12), None)
        y = ops.quantized.linear_dynamic(x, packed, True)
        for i in range(times - 1):
          y = ops.quantized.linear_dynamic(x, packed, True)
        return float(y[0, 0])
      def fill(self: __torch__.M, elements: int) -> int:
        self.left = [torch.ones([elements], dtype=6), torch.ones([elements], dtype=6), torch.ones([elements], dtype=6)]
        return 0
      def read(self: __torch__.M, columns: int) -> float:
        x = self.left[0].view([-1, columns])
        return float(torch.mv(x, self.left[1][:columns])[0])
      def total(self: __torch__.M) -> float:
        return float(self.left[0].sum())
      def triad(self: __torch__.M) -> int:
        torch.add(self.left[1], self.left[2], alpha=2.5, out=self.left[0])
        return 0
      def forget(self: __torch__.M) -> int:
        self.left = annotate(List[Tensor], [])
        self.right = annotate(List[Tensor], [])
        return 0
      """;

  private LimitScript() {}
}
