package org.soft4j.lm.family;

/**
 * A tensor that a model must have.
 *
 * @param name as Hugging Face's files name it
 * @param ggufName as GGUF files name it
 * @param role what it is for
 * @param shape [outputs, inputs] of a linear layer, [rows, width] of an embedding, [width]
 *     otherwise
 * @param transposed whether those files hold a linear layer as [inputs, outputs]
 */
public record ModelTensor(
    String name, String ggufName, TensorRole role, long[] shape, boolean transposed) {
  /** The output head's name in Hugging Face's files. */
  static final String HEAD = "lm_head.weight";

  /** Shape in Hugging Face's files. */
  public long[] storedShape() {
    return transposed ? new long[] {shape[1], shape[0]} : shape;
  }

  /** Numbers in it. */
  public long elements() {
    long product = 1;
    for (long extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }

  /** The name of the module it belongs to, such as {@code model.layers.0.self_attn.q_proj}. */
  public String module() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The last part of the module's name, such as {@code q_proj}. */
  public String shortModule() {
    return module().substring(module().lastIndexOf('.') + 1);
  }
}
