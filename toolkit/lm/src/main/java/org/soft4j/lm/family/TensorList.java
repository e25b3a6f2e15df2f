package org.soft4j.lm.family;

import java.util.ArrayList;
import java.util.List;

/** Builds a list of tensors under one prefix. */
final class TensorList {
  private final String prefix;
  private final String ggufPrefix;
  private final boolean transposed;
  private final List<ModelTensor> tensors = new ArrayList<>();

  /**
   * An empty list.
   *
   * @param prefix of the names in Hugging Face's files
   * @param ggufPrefix of those in GGUF files, which end in {@code .weight} and {@code .bias} too
   * @param transposed whether Hugging Face's files hold linear layers as [inputs, outputs]
   */
  TensorList(String prefix, String ggufPrefix, boolean transposed) {
    this.prefix = prefix;
    this.ggufPrefix = ggufPrefix;
    this.transposed = transposed;
  }

  TensorList vector(String name, String gguf, TensorRole role, long width) {
    return add(prefix + name, gguf, role, false, width);
  }

  TensorList rows(String name, String gguf, TensorRole role, long rows, long width) {
    return add(prefix + name, gguf, role, false, rows, width);
  }

  TensorList linear(String name, String gguf, TensorRole role, long outputs, long inputs) {
    return add(prefix + name, gguf, role, transposed, outputs, inputs);
  }

  private TensorList add(String name, String gguf, TensorRole role, boolean turned, long... shape) {
    String kind = name.substring(name.lastIndexOf('.'));
    tensors.add(new ModelTensor(name, ggufPrefix + gguf + kind, role, shape, turned));
    return this;
  }

  /** The list, with the output head where it is not the embedding; it stands under no prefix. */
  List<ModelTensor> withHead(Architecture a) {
    if (!a.tiedHead()) {
      add(ModelTensor.HEAD, "output", TensorRole.HEAD, false, a.vocabularySize(), a.hiddenSize());
    }
    return list();
  }

  List<ModelTensor> list() {
    return List.copyOf(tensors);
  }
}
