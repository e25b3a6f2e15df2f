package org.soft4j.lm.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.soft4j.core.BoundedPattern;
import org.soft4j.core.UserError;

/** What adapter_config.json says about scales and ranks. */
final class PeftConfig {
  /**
   * Settings of PEFT 0.21's LoraConfig that are read, or that have no effect on what a saved
   * adapter computes: which layers it has is seen in its tensors. Every other one is refused unless
   * it is off.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "peft_type",
          "bias",
          "init_lora_weights",
          "r",
          "lora_alpha",
          "rank_pattern",
          "alpha_pattern",
          "use_rslora",
          "auto_mapping",
          "base_model_name_or_path",
          "revision",
          "task_type",
          "inference_mode",
          "peft_version",
          "lora_dropout",
          "fan_in_fan_out",
          "target_modules",
          "exclude_modules",
          "layers_to_transform",
          "layers_pattern",
          "megatron_config",
          "megatron_core",
          "loftq_config",
          "eva_config",
          "corda_config",
          "lora_ga_config",
          "qalora_group_size",
          "runtime_config");

  private static final java.util.regex.Pattern PLAIN =
      java.util.regex.Pattern.compile("[A-Za-z0-9_.]+");

  /** Looks of all patterns at all modules; 560 patterns for 560 modules take about 50 million. */
  static final int MOST_LOOKS = 100_000_000;

  /** First values of A and B that leave the base model's weights as they are. */
  private static final List<String> HARMLESS =
      List.of("true", "false", "gaussian", "eva", "orthogonal");

  private final Path file;
  private final JsonNode json;
  private final Map<String, List<Pattern>> patterns;

  /** Of all patterns on all modules: each pair is looked up several times. */
  private final BoundedPattern.Looks looks = new BoundedPattern.Looks(MOST_LOOKS);

  /** Which modules have a value of their own. */
  private record Pattern(String name, Optional<BoundedPattern> expression, double value) {
    /** Whether it matches a module's whole name or its end behind a dot. */
    boolean matches(String module, BoundedPattern.Looks looks) {
      return expression.isPresent() ? expression.get().matches(module, looks) : isEndOf(module);
    }

    /** A dot stands for any letter, as in an expression. */
    private boolean isEndOf(String module) {
      int start = module.length() - name.length();
      for (int at = name.length() - 1; at >= 0 && start >= 0; at--) {
        if (name.charAt(at) != '.' && name.charAt(at) != module.charAt(start + at)) {
          return false;
        }
      }
      return start == 0 || start > 0 && module.charAt(start - 1) == '.';
    }
  }

  private PeftConfig(Path file, JsonNode json) {
    this.file = file;
    this.json = json;
    this.patterns =
        Map.of(
            "rank_pattern", patterns("rank_pattern"), "alpha_pattern", patterns("alpha_pattern"));
  }

  static PeftConfig read(Path file, JsonNode json) {
    PeftConfig config = new PeftConfig(file, json);
    config.refuseForeign();
    config.positive("r", json.path("r").isMissingNode() ? 8 : json.path("r").asDouble());
    config.positive("lora_alpha", config.alpha());
    return config;
  }

  private void refuseForeign() {
    if (!json.path("peft_type").asText("").equals("LORA")) {
      throw refused("peft_type");
    }
    if (!json.path("bias").asText("none").equals("none")) {
      throw refused("bias");
    }
    // The others (pissa, olora, corda, loftq) change the base weights too, which no file says.
    JsonNode first = json.path("init_lora_weights");
    if (!first.isMissingNode() && !first.isNull() && !HARMLESS.contains(first.asText())) {
      throw new UserError(
          file + ": init_lora_weights = " + first + " is not supported.",
          "Let PEFT convert the adapter: save_pretrained(...,"
              + " path_initial_model_for_weight_conversion=...).");
    }
    for (Map.Entry<String, JsonNode> setting : json.properties()) {
      if (!KNOWN.contains(setting.getKey()) && !off(setting.getValue())) {
        throw refused(setting.getKey());
      }
    }
  }

  private static boolean off(JsonNode node) {
    return node.isNull()
        || node.isBoolean() && !node.asBoolean()
        || node.isContainerNode() && node.isEmpty();
  }

  /** Rank of a module such as {@code model.layers.0.self_attn.q_proj}. */
  int rank(String module) {
    return (int) positive("rank_pattern", pattern("rank_pattern", module, json.path("r").asInt(8)));
  }

  /** Factor of B A. */
  double scale(String module) {
    double alpha = positive("alpha_pattern", pattern("alpha_pattern", module, alpha()));
    int rank = rank(module);
    return json.path("use_rslora").asBoolean(false) ? alpha / Math.sqrt(rank) : alpha / rank;
  }

  private double alpha() {
    return json.path("lora_alpha").asDouble(8);
  }

  /** The first pattern that matches the module's whole name or its end, as PEFT looks it up. */
  private double pattern(String field, String module, double otherwise) {
    for (Pattern pattern : patterns.get(field)) {
      if (pattern.matches(module, looks)) {
        return pattern.value;
      }
    }
    return otherwise;
  }

  private List<Pattern> patterns(String field) {
    List<Pattern> patterns = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : json.path(field).properties()) {
      try {
        String name = entry.getKey();
        // PEFT writes whole names of modules, thousands for a large model.
        Optional<BoundedPattern> expression =
            PLAIN.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(BoundedPattern.of(name, "(.*\\.)?(" + name + ")", 0));
        patterns.add(new Pattern(name, expression, entry.getValue().asDouble()));
      } catch (PatternSyntaxException e) {
        throw new UserError(
            "%s: %s has an expression that is not supported: %s"
                .formatted(file, field, e.getDescription()),
            "Write names of modules there, such as q_proj.",
            e);
      }
    }
    return patterns;
  }

  private double positive(String field, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw refused(field);
    }
    return value;
  }

  private UserError refused(String field) {
    return new UserError(
        file + ": " + field + " = " + json.path(field) + " is not supported.",
        "Use a LoRA adapter on linear layers without DoRA, trained biases or saved modules.");
  }
}
