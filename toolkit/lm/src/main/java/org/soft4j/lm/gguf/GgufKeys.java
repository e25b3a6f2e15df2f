package org.soft4j.lm.gguf;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.ModelErrors;

/**
 * The keys of a GGUF file's architecture that soft4j does not read. Nearly all keys there say what
 * layers compute (the package gguf 0.19 knows some 130), so that every unknown one is refused
 * unless it is off.
 */
final class GgufKeys {
  /** Read elsewhere, or without effect on probabilities. */
  private static final Set<String> KNOWN =
      Set.of(
          "vocab_size",
          "context_length",
          "embedding_length",
          "block_count",
          "feed_forward_length",
          "attention.head_count",
          "attention.head_count_kv",
          "attention.key_length",
          "attention.value_length",
          "attention.layer_norm_epsilon",
          "attention.layer_norm_rms_epsilon",
          "attention.sliding_window",
          "attention.causal",
          "rope.dimension_count",
          "rope.freq_base",
          "rope.scale_linear",
          "rope.scaling.type",
          "rope.scaling.factor",
          "rope.scaling.original_context_length",
          "rope.scaling.finetuned",
          "expert_count",
          "tensor_data_layout",
          "pooling_type");

  private GgufKeys() {}

  /** Refuses the first key that would change what is computed. */
  static void check(GgufMetadata metadata, String prefix) {
    if (!metadata.flag(prefix + "attention.causal").orElse(true)) {
      throw refused(metadata, prefix + "attention.causal");
    }
    if (!metadata.text("general.type").orElse("model").equals("model")) {
      throw refused(metadata, "general.type");
    }
    for (Map.Entry<String, Object> entry : metadata.values().entrySet()) {
      String key = entry.getKey();
      boolean known = !key.startsWith(prefix) || KNOWN.contains(key.substring(prefix.length()));
      if (!known && !off(key, entry.getValue())) {
        throw refused(metadata, key);
      }
    }
  }

  private static boolean off(String key, Object value) {
    boolean factor = key.endsWith("scale") || key.endsWith("factor");
    return value.equals(false)
        || value instanceof Number number
            && (number.doubleValue() == 0
                || factor && !key.endsWith("attention.scale") && number.doubleValue() == 1)
        || value instanceof String text && (text.isEmpty() || text.equals("none"))
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof GgufMetadata.Numbers numbers && zeros(numbers);
  }

  private static boolean zeros(GgufMetadata.Numbers numbers) {
    for (int i = 0; i < numbers.count(); i++) {
      boolean zero =
          numbers.get(i) instanceof Number number && number.doubleValue() == 0
              || numbers.get(i).equals(false);
      if (!zero) {
        return false;
      }
    }
    return true;
  }

  private static UserError refused(GgufMetadata metadata, String key) {
    Object value = metadata.values().get(key);
    return ModelErrors.unsupported(
        metadata.file(),
        key
            + " = "
            + (value instanceof GgufMetadata.Numbers ? "a list" : value)
            + " is not supported",
        "Use a GGUF file of a model without this setting; soft4j would compute it wrongly.");
  }
}
