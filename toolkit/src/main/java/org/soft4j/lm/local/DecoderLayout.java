package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.error.UserError;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.WeightSource;

/**
 * The order of a decoder's weights, the one place that knows it.
 *
 * <pre>
 * 0            embedding                       [vocabulary, hidden]
 * 1 + 9 l      input norm of layer l           [hidden]
 * 2 + 9 l      q_proj                          [heads * head, hidden]
 * 3 + 9 l      k_proj                          [keyValueHeads * head, hidden]
 * 4 + 9 l      v_proj                          [keyValueHeads * head, hidden]
 * 5 + 9 l      o_proj                          [hidden, heads * head]
 * 6 + 9 l      norm before the feed-forward    [hidden]
 * 7 + 9 l      gate_proj                       [intermediate, hidden]
 * 8 + 9 l      up_proj                         [intermediate, hidden]
 * 9 + 9 l      down_proj                       [hidden, intermediate]
 * 1 + 9 layers final norm                      [hidden]
 * 2 + 9 layers output head, if not tied        [vocabulary, hidden]
 * </pre>
 */
public final class DecoderLayout {
  /** Weights of one layer. */
  public static final int PER_LAYER = 9;

  /**
   * A weight's name in Hugging Face's layout and its shape.
   *
   * @param name as in model files
   * @param shape row-major
   */
  public record Entry(String name, List<Long> shape) {}

  private DecoderLayout() {}

  /** Names and shapes of all weights, in order. */
  public static List<Entry> of(Architecture shape) {
    List<Entry> entries = new ArrayList<>();
    entries.add(entry("model.embed_tokens.weight", shape.vocabularySize(), shape.hiddenSize()));
    for (int layer = 0; layer < shape.layers(); layer++) {
      addLayer(entries, "model.layers." + layer + ".", shape);
    }
    entries.add(entry("model.norm.weight", shape.hiddenSize()));
    if (!shape.tiedHead()) {
      entries.add(entry("lm_head.weight", shape.vocabularySize(), shape.hiddenSize()));
    }
    return entries;
  }

  private static void addLayer(List<Entry> entries, String layer, Architecture shape) {
    long hidden = shape.hiddenSize();
    long queries = (long) shape.heads() * shape.headDimension();
    long keys = (long) shape.keyValueHeads() * shape.headDimension();
    long inner = shape.intermediateSize();
    entries.add(entry(layer + "input_layernorm.weight", hidden));
    entries.add(entry(layer + "self_attn.q_proj.weight", queries, hidden));
    entries.add(entry(layer + "self_attn.k_proj.weight", keys, hidden));
    entries.add(entry(layer + "self_attn.v_proj.weight", keys, hidden));
    entries.add(entry(layer + "self_attn.o_proj.weight", hidden, queries));
    entries.add(entry(layer + "post_attention_layernorm.weight", hidden));
    entries.add(entry(layer + "mlp.gate_proj.weight", inner, hidden));
    entries.add(entry(layer + "mlp.up_proj.weight", inner, hidden));
    entries.add(entry(layer + "mlp.down_proj.weight", hidden, inner));
  }

  private static Entry entry(String name, long... shape) {
    return new Entry(name, java.util.Arrays.stream(shape).boxed().toList());
  }

  /** Refuses a model file that lacks a weight or has one of another shape. */
  static void check(List<Entry> entries, WeightSource source) {
    for (Entry entry : entries) {
      if (!source.names().contains(entry.name())) {
        throw new UserError(
            "The model lacks the weight " + entry.name() + ".",
            "Fetch the model again; its config may also belong to another model.");
      }
      List<Long> seen = java.util.Arrays.stream(source.shape(entry.name())).boxed().toList();
      if (!seen.equals(entry.shape())) {
        throw new UserError(
            "The weight %s has the shape %s, and the configuration asks for %s."
                .formatted(entry.name(), seen, entry.shape()),
            "Fetch the model again; its config may also belong to another model.");
      }
    }
  }
}
