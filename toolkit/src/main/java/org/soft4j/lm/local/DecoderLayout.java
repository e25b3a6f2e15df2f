package org.soft4j.lm.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.LlamaTensors;

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

  private DecoderLayout() {}

  /** Names and shapes of all weights, in order. */
  public static Map<String, long[]> of(Architecture shape) {
    Map<String, long[]> all = LlamaTensors.all(shape);
    Map<String, long[]> ordered = new LinkedHashMap<>();
    take("model.embed_tokens.weight", all, ordered);
    all.keySet().stream()
        .filter(name -> name.startsWith("model.layers."))
        .forEach(name -> ordered.put(name, all.get(name)));
    take("model.norm.weight", all, ordered);
    if (!shape.tiedHead()) {
      take("lm_head.weight", all, ordered);
    }
    return ordered;
  }

  private static void take(String name, Map<String, long[]> all, Map<String, long[]> into) {
    into.put(name, all.get(name));
  }
}
