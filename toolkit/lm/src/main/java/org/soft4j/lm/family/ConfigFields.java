package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of a config.json that soft4j does not read.
 *
 * <p>A field that is off (null, false, 0, empty) changes nothing. Of the others, those of
 * transformers 5.23's own classes that have no effect on what a text's probabilities are, and those
 * that exporters leave behind, are passed over. One whose name speaks of what layers compute is
 * refused, whatever family it belongs to: transformers may ignore it too, but then these weights
 * were made for another computation. The rest is listed by {@code models inspect}.
 */
public final class ConfigFields {
  private static final String ELSE =
      "Use a model without this setting; soft4j would compute it wrongly. Where the model's makers"
          + " say that it has no effect, take it out of config.json.";

  /** Read for all families. */
  private static final Set<String> READ =
      Set.of(
          "model_type",
          "vocab_size",
          "tie_word_embeddings",
          "bos_token_id",
          "eos_token_id",
          "quantization_config");

  /**
   * Without effect on probabilities: where and how a model runs, what training drops, classifiers'
   * heads, what a text in tokens is padded with, and GPT-2's order of products.
   */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "architectures|_name_or_path|transformers_version|torch_dtype|dtype|use_cache|auto_map"
              + "|.*_?attn_implementation.*|_flash_attn_2_enabled|use_flash_attn|use_flash_attention"
              + "|initializer_range|.*dropout.*|.*_pdrop|pretraining_tp|gradient_checkpointing"
              + "|(pad|unk|sep|cls|mask|decoder_start|forced_bos|forced_eos)_token_id|(bos|eos|pad|unk)_token"
              + "|summary_.*|n_ctx|n_special|predict_special_tokens|reorder_and_upcast_attn"
              + "|num_labels|id2label|label2id|problem_type|finetuning_task|task_specific_params"
              + "|output_hidden_states|output_attentions|output_past|return_dict|torchscript"
              + "|chunk_size_feed_forward|is_decoder|tie_encoder_decoder|use_bfloat16|tf_legacy_loss"
              + "|is_llama_config|transformers\\.js_config|unsloth_.*|neftune_noise_alpha"
              + "|max_sequence_length|model_max_length|seq_length|tokenizer_class|_commit_hash"
              + "|temperature|top_k|top_p|do_sample|num_beams|max_length|min_length|model_name"
              + "|typical_p|diversity_penalty|num_beam_groups|num_return_sequences|early_stopping"
              + "|remove_invalid_values|output_scores|return_dict_in_generate|use_fused_.*");

  /** What layers compute, by the words that such settings are made of. */
  private static final Pattern MATHEMATICS =
      Pattern.compile(
          ".*(scal|multipl|softcap|clip|clamp|norm|rope|rotary|alibi|window|bias|expert|moe|rout"
              + "|residual|att|layer|activ|hidden|head|mlp|ffn|parallel|causal|chunk|spars|ssm|conv"
              + "|rank|kv|position|embed|mtp|nextn|vision|audio|recur|quant|prun|gat|shared|qk|query"
              + "|key|value|encoder|divisor|penalt|temperature|logit).*");

  /** Fields whose other value is the unusual one. */
  private static final List<String> TRUE =
      List.of("is_causal", "causal", "use_rope", "use_rms_norm");

  private static final List<String> GREEDY =
      List.of(
          "repetition_penalty",
          "no_repeat_ngram_size",
          "stop_strings",
          "bad_words_ids",
          "suppress_tokens",
          "begin_suppress_tokens",
          "sequence_bias",
          "min_length",
          "min_new_tokens",
          "num_beams",
          "penalty_alpha");

  private ConfigFields() {}

  /** Refuses the first field that would change what is computed. */
  static void check(ModelFamily family, ConfigJson config) {
    for (String field : TRUE) {
      config.refuseUnless(config.flag(field, true), field, "true");
    }
    for (String field : unread(family, config.json())) {
      String name = field.toLowerCase(Locale.ROOT);
      if (MATHEMATICS.matcher(name).matches() && !same(family, name, config.get(field))) {
        throw config.refused(field, ELSE);
      }
    }
  }

  /** Fields that are neither read, nor off, nor known to have no effect. */
  public static Set<String> unread(ModelFamily family, JsonNode json) {
    Set<String> unread = new TreeSet<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String name = field.getKey();
      boolean read = READ.contains(name) || family.fields().contains(name) || TRUE.contains(name);
      if (!read && !HARMLESS.matcher(name).matches() && !off(name, field.getValue())) {
        unread.add(name);
      }
    }
    return unread;
  }

  /**
   * What a generation_config.json says beyond the end of an answer, which transformers and the
   * harness follow in greedy decoding too.
   */
  public static Set<String> changesGreedy(JsonNode generation) {
    Set<String> fields = new TreeSet<>();
    for (String name : GREEDY) {
      JsonNode value = generation.path(name);
      boolean one =
          value.isNumber()
              && value.asDouble() == 1
              && (name.endsWith("penalty") || name.equals("num_beams"));
      if (!value.isMissingNode() && !one && !off(name, value)) {
        fields.add("generation_config.json's " + name);
      }
    }
    return fields;
  }

  private static boolean off(String name, JsonNode value) {
    boolean factor = name.matches(".*(scale|scaling|multiplier|factor)");
    return value.isNull()
        || value.isBoolean() && !value.asBoolean()
        || value.isNumber() && (value.asDouble() == 0 || factor && value.asDouble() == 1)
        || value.isTextual() && value.asText().isEmpty()
        || value.isContainerNode() && value.isEmpty();
  }

  private static boolean same(ModelFamily family, String name, JsonNode value) {
    Set<String> values = family.sameElsewhere().getOrDefault(name, Set.of());
    return values.contains(value.asText("").toLowerCase(Locale.ROOT));
  }
}
