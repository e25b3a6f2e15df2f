package org.soft4j.lm.files;

import java.util.Map;
import java.util.Set;

/** Weights that no file holds. */
record TensorsInMemory(Map<String, StoredTensor> tensors) implements WeightSource {
  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public long[] shape(String name) {
    return tensors.get(name).shape();
  }

  @Override
  public StoredTensor read(String name) {
    return tensors.get(name);
  }
}
