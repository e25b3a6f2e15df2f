package org.soft4j.lm.files;

import java.util.Set;

/** Named tensors of a model, whatever file holds them; names and layout are Hugging Face's. */
public interface WeightSource {
  /** Names such as {@code model.layers.0.self_attn.q_proj.weight}. */
  Set<String> names();

  /** Shape without reading the payload. */
  long[] shape(String name);

  /** Reads one tensor; quantized types are dequantized to F32. */
  StoredTensor read(String name);

  /**
   * Checks the number format of a tensor whose payload nobody has read yet.
   *
   * @throws org.soft4j.core.UserError if it cannot be read, naming the format
   */
  default void checkType(String name) {}

  /** Number format in the file, such as {@code BF16} or {@code Q4_1}. */
  default String storedType(String name) {
    return read(name).type().name();
  }
}
