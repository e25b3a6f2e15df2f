package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.layer.LayerScript;
import org.soft4j.lm.torch.TorchAttribute;
import org.soft4j.lm.torch.TorchSource;

/** The decoder's module: {@code decoder.py} with one of the forms of multiplying. */
final class DecoderScript {
  private DecoderScript() {}

  /**
   * What the files declare.
   *
   * @param products whether a decoding step attends by matrix products rather than by the fused
   *     operator, which is slow for one query and many keys on a processor
   */
  static List<TorchAttribute> attributes(
      Architecture shape, LinearScript linear, boolean products) {
    List<TorchAttribute> attributes = new ArrayList<>(LayerScript.attributes(shape));
    attributes.addAll(linear.attributes());
    for (String cache :
        List.of("path_keys", "path_values", "path_hidden", "slot_keys", "slot_values")) {
      attributes.add(TorchAttribute.list(cache));
    }
    attributes.add(TorchAttribute.list("stops"));
    attributes.add(TorchAttribute.of("products", products));
    attributes.add(TorchAttribute.of("common", 0));
    attributes.add(TorchAttribute.of("room", 0));
    attributes.add(TorchAttribute.of("hidden", shape.hiddenSize()));
    attributes.add(TorchAttribute.of("group", shape.heads() / shape.keyValueHeads()));
    return attributes;
  }

  static TorchSource source(LinearScript linear) {
    return TorchSource.of("decoder", linear.part());
  }
}
