package org.soft4j.lm.family;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/**
 * The shape of a decoder-only model, from config.json or from GGUF metadata.
 *
 * @param family names its tensors and its config.json; what is computed follows from {@code kind}
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the feed-forward layer
 * @param layers number of layers
 * @param heads number of query heads
 * @param keyValueHeads number of key and value heads; divides {@code heads}
 * @param headDimension width of one head
 * @param kind what the layers compute
 * @param tiedHead whether the output head is the embedding
 * @param maxPositions longest context in tokens
 * @param beginToken the beginning-of-text token, where the model has one
 * @param stopTokens any of these ends a generation; the first is the one that training appends
 */
public record Architecture(
    ModelFamily family,
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headDimension,
    LayerKind kind,
    boolean tiedHead,
    int maxPositions,
    OptionalInt beginToken,
    List<Integer> stopTokens) {
  public Architecture {
    stopTokens = List.copyOf(stopTokens);
  }

  /** The same shape with other stop tokens. */
  public Architecture withStops(List<Integer> stops) {
    return new Architecture(
        family,
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headDimension,
        kind,
        tiedHead,
        maxPositions,
        beginToken,
        stops);
  }

  /** What the configuration calls the beginning and the end of a text. */
  public SpecialTokens special() {
    OptionalInt end =
        stopTokens.isEmpty() ? OptionalInt.empty() : OptionalInt.of(stopTokens.get(0));
    return new SpecialTokens(beginToken, end);
  }

  /** The tensors outside the layers, under Hugging Face's names and in its layout. */
  public List<ModelTensor> outerTensors() {
    return family.outer(this);
  }

  /** The tensors of one layer; those that are used side by side stand side by side. */
  public List<ModelTensor> layerTensors(int layer) {
    return family.layer(this, layer);
  }

  /** All tensors, those outside the layers first. */
  public List<ModelTensor> tensors() {
    List<ModelTensor> tensors = new ArrayList<>(outerTensors());
    for (int layer = 0; layer < layers; layer++) {
      tensors.addAll(layerTensors(layer));
    }
    return tensors;
  }

  /** Every name and its shape in the files, for one that makes a model from nothing. */
  public Map<String, long[]> storedShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors().forEach(tensor -> shapes.put(tensor.name(), tensor.storedShape()));
    return shapes;
  }

  /** Whether another model has tensors of the same names and shapes. */
  public boolean fits(Architecture other) {
    Map<String, long[]> mine = storedShapes();
    Map<String, long[]> others = other.storedShapes();
    return mine.keySet().equals(others.keySet())
        && mine.keySet().stream().allMatch(n -> Arrays.equals(mine.get(n), others.get(n)));
  }

  /**
   * Checks that every tensor is there with its shape; tensors beyond these are left alone.
   *
   * @throws UserError naming the tensor, the shape seen and the shape wanted
   */
  public void requireTensors(WeightSource weights, Path file) {
    outerTensors().forEach(tensor -> require(tensor, weights, file));
    // Layer by layer: a damaged number of layers fails at the first that is missing.
    for (int layer = 0; layer < layers; layer++) {
      layerTensors(layer).forEach(tensor -> require(tensor, weights, file));
    }
  }

  private static void require(ModelTensor wanted, WeightSource weights, Path file) {
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
