package org.soft4j.lm.local;

import java.util.List;
import org.soft4j.core.UserError;
import org.soft4j.lm.layer.Dtype;
import org.soft4j.lm.layer.LayerScript;
import org.soft4j.lm.torch.TorchAttribute;

/**
 * The form in which the decoder multiplies with its matrices. On a processor with oneDNN every
 * matrix is packed once, at the first use; packed copies are dropped when the weights change or
 * memory runs out.
 */
enum LinearScript {
  /** The plain weights: on a GPU, and where there is no oneDNN. */
  PLAIN("plain_products"),
  /** oneDNN's kernels on packed weights. */
  PACKED("packed_products"),
  /** Weights and activations in 8 bits; the head stays in fp32. */
  EIGHT_BIT("eight_bit_products");

  private final String part;

  LinearScript(String part) {
    this.part = part;
  }

  /** The form for a dtype on a device. */
  static LinearScript of(Dtype dtype, boolean gpu) {
    boolean packing = LayerScript.packed(gpu);
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

  /** The file that multiplies. */
  String part() {
    return part;
  }

  /** What that file declares beside the weights. */
  List<TorchAttribute> attributes() {
    TorchAttribute packs = LayerScript.packs();
    return this == EIGHT_BIT ? List.of(packs, TorchAttribute.list("eights")) : List.of(packs);
  }
}
