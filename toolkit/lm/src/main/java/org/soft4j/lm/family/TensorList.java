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
   * @param ggufPrefix of those in GGUF files
   * @param transposed whether Hugging Face's files hold linear layers as [inputs, outputs]
   */
  TensorList(String prefix, String ggufPrefix, boolean transposed) {
    this.prefix = prefix;
    this.ggufPrefix = ggufPrefix;
    this.transposed = transposed;
  }

  /** A norm or a bias of a module. */
  TensorList vector(String module, TensorRole role, long width) {
    return add(prefix + module, role, false, width);
  }

  TensorList rows(String module, TensorRole role, long rows, long width) {
    return add(prefix + module, role, false, rows, width);
  }

  TensorList linear(String module, TensorRole role, long outputs, long inputs) {
    return add(prefix + module, role, transposed, outputs, inputs);
  }

  private TensorList add(String module, TensorRole role, boolean turned, long... shape) {
    String gguf = ggufPrefix + role.ggufName();
    tensors.add(new ModelTensor(module + role.suffix(), gguf, role, shape, turned));
    return this;
  }

  /** The list, with the output head where it is not the embedding; it stands under no prefix. */
  List<ModelTensor> withHead(Architecture a) {
    if (!a.tiedHead()) {
      add("lm_head", TensorRole.HEAD, false, a.vocabularySize(), a.hiddenSize());
    }
    return list();
  }

  List<ModelTensor> list() {
    return List.copyOf(tensors);
  }
}
