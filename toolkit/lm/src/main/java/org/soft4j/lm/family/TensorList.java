package org.soft4j.lm.family;

import java.util.ArrayList;
import java.util.List;

/** Builds a list of tensors under one prefix. */
final class TensorList {
  private final String prefix;
  private final boolean transposed;
  private final List<ModelTensor> tensors = new ArrayList<>();

  /**
   * An empty list.
   *
   * @param transposed whether the files hold linear layers as [inputs, outputs]
   */
  TensorList(String prefix, boolean transposed) {
    this.prefix = prefix;
    this.transposed = transposed;
  }

  TensorList vector(String name, TensorRole role, long width) {
    tensors.add(new ModelTensor(prefix + name, role, new long[] {width}, false));
    return this;
  }

  TensorList vectorIf(boolean there, String name, TensorRole role, long width) {
    return there ? vector(name, role, width) : this;
  }

  TensorList rows(String name, TensorRole role, long rows, long width) {
    tensors.add(new ModelTensor(prefix + name, role, new long[] {rows, width}, false));
    return this;
  }

  TensorList linear(String name, TensorRole role, long outputs, long inputs) {
    tensors.add(new ModelTensor(prefix + name, role, new long[] {outputs, inputs}, transposed));
    return this;
  }

  List<ModelTensor> list() {
    return List.copyOf(tensors);
  }
}
