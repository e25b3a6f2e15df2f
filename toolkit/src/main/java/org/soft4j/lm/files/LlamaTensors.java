package org.soft4j.lm.files;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.error.UserError;

/** The tensors that a Llama model must have, in Hugging Face's names and layout. */
public final class LlamaTensors {
  private LlamaTensors() {}

  /** Names and shapes of everything outside the layers; linear weights are [out, in]. */
  static Map<String, long[]> outer(Architecture a) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens.weight", shape(a.vocabularySize(), a.hiddenSize()));
    shapes.put("model.norm.weight", shape(a.hiddenSize()));
    if (!a.tiedHead()) {
      shapes.put("lm_head.weight", shape(a.vocabularySize(), a.hiddenSize()));
    }
    return shapes;
  }

  /** Names and shapes of one layer; linear weights are [out, in]. */
  static Map<String, long[]> layer(Architecture a, int layer) {
    String prefix = "model.layers." + layer + ".";
    long queries = (long) a.heads() * a.headDimension();
    long keys = (long) a.keyValueHeads() * a.headDimension();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(prefix + "input_layernorm.weight", shape(a.hiddenSize()));
    shapes.put(prefix + "self_attn.q_proj.weight", shape(queries, a.hiddenSize()));
    shapes.put(prefix + "self_attn.k_proj.weight", shape(keys, a.hiddenSize()));
    shapes.put(prefix + "self_attn.v_proj.weight", shape(keys, a.hiddenSize()));
    shapes.put(prefix + "self_attn.o_proj.weight", shape(a.hiddenSize(), queries));
    shapes.put(prefix + "post_attention_layernorm.weight", shape(a.hiddenSize()));
    shapes.put(prefix + "mlp.gate_proj.weight", shape(a.intermediateSize(), a.hiddenSize()));
    shapes.put(prefix + "mlp.up_proj.weight", shape(a.intermediateSize(), a.hiddenSize()));
    shapes.put(prefix + "mlp.down_proj.weight", shape(a.hiddenSize(), a.intermediateSize()));
    return shapes;
  }

  /** Every name and shape, for one that makes a model from nothing. */
  public static Map<String, long[]> all(Architecture a) {
    Map<String, long[]> shapes = new LinkedHashMap<>(outer(a));
    for (int layer = 0; layer < a.layers(); layer++) {
      shapes.putAll(layer(a, layer));
    }
    return shapes;
  }

  /**
   * Checks that every tensor is there with its shape; tensors beyond these are left alone.
   *
   * @throws UserError naming the tensor, the shape seen and the shape wanted
   */
  static void check(Architecture architecture, WeightSource weights, Path file) {
    checkAll(outer(architecture), weights, file);
    for (int layer = 0; layer < architecture.layers(); layer++) {
      checkAll(layer(architecture, layer), weights, file);
    }
  }

  private static void checkAll(Map<String, long[]> wanted, WeightSource weights, Path file) {
    wanted.forEach(
        (name, shape) -> {
          if (!weights.names().contains(name)) {
            throw ModelErrors.damaged(
                file, "has no tensor " + name + " of shape " + Arrays.toString(shape));
          }
          long[] seen = weights.shape(name);
          if (!Arrays.equals(seen, shape)) {
            throw new UserError(
                "%s: tensor %s has shape %s, and the configuration wants %s"
                    .formatted(file, name, Arrays.toString(seen), Arrays.toString(shape)),
                "The weights and the configuration belong to different models: fetch both again.");
          }
        });
  }

  private static long[] shape(long... extents) {
    return extents;
  }
}
