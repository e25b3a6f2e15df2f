package org.soft4j.lm.gguf;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.family.RopeScaling;
import org.soft4j.lm.family.SlidingWindow;

/** What a GGUF file says of a model's shape, for one that is written from another kind of file. */
public final class GgufShape {
  /** The tensor of factors, one per pair of a head, by which llama.cpp divides a frequency. */
  public static final String FACTORS = GgufRope.FACTORS;

  private GgufShape() {}

  /**
   * Adds the keys under which {@link GgufArchitecture} and llama.cpp read a shape.
   *
   * @throws UserError if GGUF has no words for it
   */
  public static void write(Architecture shape, GgufValues values) {
    String name = shape.family().ggufName();
    UnaryOperator<String> key = end -> name + "." + end;
    values.count(key.apply("block_count"), shape.layers());
    values.count(key.apply("context_length"), shape.maxPositions());
    values.count(key.apply("embedding_length"), shape.hiddenSize());
    values.count(key.apply("feed_forward_length"), shape.intermediateSize());
    values.count(key.apply("attention.head_count"), shape.heads());
    values.count(key.apply("vocab_size"), shape.vocabularySize());
    LayerKind kind = shape.kind();
    boolean centred = kind.norm().kind() == Norm.Kind.LAYER;
    values.number(
        key.apply("attention.layer_norm_" + (centred ? "" : "rms_") + "epsilon"),
        kind.norm().epsilon());
    if (kind.positions() instanceof Positions.Rotary rotary) {
      values.count(key.apply("attention.head_count_kv"), shape.keyValueHeads());
      values.count(key.apply("attention.key_length"), shape.headDimension());
      values.count(key.apply("attention.value_length"), shape.headDimension());
      values.count(key.apply("rope.dimension_count"), shape.headDimension());
      values.number(key.apply("rope.freq_base"), rotary.theta());
      if (rotary.scaling() instanceof RopeScaling.Linear linear) {
        values.text(key.apply("rope.scaling.type"), "linear");
        values.number(key.apply("rope.scaling.factor"), linear.factor());
      }
    }
    window(shape, values, key.apply("attention.sliding_window"));
  }

  private static void window(Architecture shape, GgufValues values, String key) {
    SlidingWindow window = shape.kind().window();
    if (window.size() == 0) {
      return;
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      if (!window.in(layer)) {
        throw new UserError(
            "Some layers of this %s model have a sliding window and others have none, which GGUF"
                    .formatted(shape.family())
                + " has no words for.",
            "Write a Hugging Face folder: --format hf.");
      }
    }
    values.count(key, window.size());
  }

  /**
   * The numbers by which rotary frequencies are divided, where they follow Llama 3.1's rule or
   * stand in a GGUF file already.
   */
  public static Optional<List<Float>> factors(Architecture shape) {
    if (!(shape.kind().positions() instanceof Positions.Rotary rotary)) {
      return Optional.empty();
    }
    if (rotary.scaling() instanceof RopeScaling.Factors given) {
      return Optional.of(given.factors());
    }
    if (!(rotary.scaling() instanceof RopeScaling.Llama3)) {
      return Optional.empty();
    }
    Float[] factors = new Float[shape.headDimension() / 2];
    for (int pair = 0; pair < factors.length; pair++) {
      double frequency = Math.pow(rotary.theta(), -2.0 * pair / shape.headDimension());
      factors[pair] = (float) (frequency / rotary.scaling().apply(frequency, pair));
    }
    return Optional.of(List.of(factors));
  }
}
