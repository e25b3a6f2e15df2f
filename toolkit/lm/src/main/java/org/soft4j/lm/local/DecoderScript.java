package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.layer.LayerScript;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * The decoder in TorchScript: the layers of {@link LayerScript} with grouped-query attention over
 * cached keys and values.
 *
 * <p>Two ways through the layers: {@code walk} computes one row of prefix-tree nodes in depth-first
 * order, {@code decode} continues many sequences by some tokens. Keys and values of the tree's
 * current path stand in {@code pk, pv} ([keyValueHeads, depth, head] per layer), those of the
 * sequences in {@code sk, sv} ([slot, keyValueHeads, position, head] per layer), without the first
 * {@code common} positions, which all of them share and which stand on the path.
 */
final class DecoderScript {
  private DecoderScript() {}

  /**
   * What the methods need.
   *
   * @param products whether a decoding step attends by matrix products rather than by the fused
   *     operator, which is slow for one query and many keys on a processor
   */
  static List<TorchAttribute> attributes(
      Architecture shape, LinearScript linear, boolean products) {
    List<TorchAttribute> attributes = new ArrayList<>(LayerScript.attributes(shape));
    attributes.addAll(linear.attributes());
    for (String tensors : List.of("pk", "pv", "ph", "sk", "sv")) {
      attributes.add(TorchAttribute.tensors(tensors));
    }
    attributes.add(TorchAttribute.integers("stops"));
    attributes.add(TorchAttribute.of("products", products));
    attributes.add(TorchAttribute.of("common", 0));
    attributes.add(TorchAttribute.of("room", 0));
    attributes.add(TorchAttribute.of("hidden", shape.hiddenSize()));
    attributes.add(TorchAttribute.of("group", shape.heads() / shape.keyValueHeads()));
    return attributes;
  }

  static String methods(LinearScript linear) {
    return CACHES
        + LayerScript.METHODS
        + linear.methods()
        + WalkScript.METHODS
        + SampleScript.methods()
        + ContinueScript.METHODS;
  }

  private static final String CACHES =
      """
      def set_stops(self: __torch__.M, stops: List[int]) -> int:
        self.stops = stops
        return 0
      def cache(self: __torch__.M, shape: List[int]) -> List[Tensor]:
        made = annotate(List[Tensor], [])
        w = self.ws[0]
        for l in range(self.layers):
          # Zeros, since what a mask hides is still multiplied by 0, and 0 times NaN is NaN.
          made.append(torch.zeros(shape, dtype=w.dtype, device=w.device))
        return made
      def padded(self: __torch__.M, length: int) -> int:
        # Rows of scores that fill whole vectors go up to twice as fast through products and softmax.
        return (length + 31) // 32 * 32
      def open_path(self: __torch__.M, depth: int) -> int:
        self.prepare(depth)
        self.pk = self.cache([self.kvheads, depth, self.width])
        self.pv = self.cache([self.kvheads, depth, self.width])
        w = self.ws[0]
        self.ph = [torch.zeros([depth, self.hidden], dtype=w.dtype, device=w.device)]
        return 0
      def open_slots(self: __torch__.M, slots: int, length: int, size: int, common: int) -> int:
        self.common = common
        self.room = common + length
        self.prepare(self.room)
        self.sk = self.cache([slots, self.kvheads, size, self.width])
        self.sv = self.cache([slots, self.kvheads, size, self.width])
        return 0
      def release(self: __torch__.M) -> int:
        self.common = 0
        self.pk = annotate(List[Tensor], [])
        self.pv = annotate(List[Tensor], [])
        self.ph = annotate(List[Tensor], [])
        self.sk = annotate(List[Tensor], [])
        self.sv = annotate(List[Tensor], [])
        return 0
      def move(self: __torch__.M, source: int, target: int, length: int) -> int:
        for l in range(self.layers):
          self.sk[l][target, :, :length] = self.sk[l][source, :, :length]
          self.sv[l][target, :, :length] = self.sv[l][source, :, :length]
        return 0
      """;
}
