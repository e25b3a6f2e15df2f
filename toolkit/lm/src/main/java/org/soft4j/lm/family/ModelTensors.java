package org.soft4j.lm.family;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.WeightSource;

/** The tensors that a model must have, in Hugging Face's names and layout. */
public final class ModelTensors {
  private ModelTensors() {}

  /** Everything outside the layers. */
  public static List<ModelTensor> outer(Architecture a) {
    return a.family().outer(a);
  }

  /** Everything of one layer; tensors that are used side by side stand side by side. */
  public static List<ModelTensor> layer(Architecture a, int layer) {
    return a.family().layer(a, layer);
  }

  /** All tensors, those outside the layers first. */
  public static List<ModelTensor> all(Architecture a) {
    List<ModelTensor> tensors = new ArrayList<>(outer(a));
    for (int layer = 0; layer < a.layers(); layer++) {
      tensors.addAll(layer(a, layer));
    }
    return tensors;
  }

  /** Every name and its shape in the files, for one that makes a model from nothing. */
  public static Map<String, long[]> shapes(Architecture a) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    all(a).forEach(tensor -> shapes.put(tensor.name(), tensor.storedShape()));
    return shapes;
  }

  /** Whether two models have tensors of the same names and shapes. */
  public static boolean fit(Architecture one, Architecture other) {
    Map<String, long[]> first = shapes(one);
    Map<String, long[]> second = shapes(other);
    return first.keySet().equals(second.keySet())
        && first.keySet().stream().allMatch(n -> Arrays.equals(first.get(n), second.get(n)));
  }

  /**
   * Checks that every tensor is there with its shape; tensors beyond these are left alone.
   *
   * @throws UserError naming the tensor, the shape seen and the shape wanted
   */
  public static void check(Architecture architecture, WeightSource weights, Path file) {
    outer(architecture).forEach(tensor -> check(tensor, weights, file));
    // Layer by layer: a damaged number of layers fails at the first that is missing.
    for (int layer = 0; layer < architecture.layers(); layer++) {
      layer(architecture, layer).forEach(tensor -> check(tensor, weights, file));
    }
  }

  private static void check(ModelTensor wanted, WeightSource weights, Path file) {
    long[] shape = wanted.storedShape();
    if (!weights.names().contains(wanted.name())) {
      throw ModelErrors.damaged(
          file, "has no tensor " + wanted.name() + " of shape " + Arrays.toString(shape));
    }
    weights.checkType(wanted.name());
    long[] seen = weights.shape(wanted.name());
    if (!Arrays.equals(seen, shape)) {
      throw new UserError(
          "%s: tensor %s has shape %s, and the configuration wants %s"
              .formatted(file, wanted.name(), Arrays.toString(seen), Arrays.toString(shape)),
          "The weights and the configuration belong to different models: fetch both again.");
    }
  }
}
