package org.soft4j.lm.family;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.files.WeightSource;

/** Tensors of a folder that its configuration has no place for. */
public final class UnusedTensors {
  /** Tables that older exporters stored and everybody computes: frequencies, causal masks. */
  private static final Pattern COMPUTED =
      Pattern.compile(
          ".*\\.rotary_emb\\.inv_freq|transformer\\.h\\.\\d+\\.attn\\.(bias|masked_bias)");

  private static final Pattern MODEL = Pattern.compile("(model|transformer\\.h|lm_head)\\..*");

  private UnusedTensors() {}

  /**
   * Refuses weights of the decoder that nothing would use, such as biases or norms that the
   * configuration does not speak of; heads of other kinds beside the decoder are left alone.
   *
   * @throws org.soft4j.core.UserError naming the first
   */
  public static void check(Architecture architecture, WeightSource weights, Path folder) {
    Set<String> used = ModelTensors.shapes(architecture).keySet();
    for (String name : new TreeSet<>(weights.names())) {
      boolean tied = architecture.tiedHead() && name.equals("lm_head.weight");
      boolean ours = MODEL.matcher(name).matches() && !COMPUTED.matcher(name).matches();
      if (ours && !tied && !used.contains(name)) {
        throw ModelErrors.unsupported(
            folder,
            "tensor %s has no place in a %s model of %s layers as config.json describes it"
                .formatted(name, architecture.family().modelType(), architecture.layers()),
            "config.json and the weights belong to different models: fetch both again. Extra"
                + " layers, norms and biases are not supported.");
      }
    }
  }
}
