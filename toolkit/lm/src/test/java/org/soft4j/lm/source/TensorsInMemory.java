package org.soft4j.lm.source;

import java.util.Map;
import java.util.Set;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;

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
