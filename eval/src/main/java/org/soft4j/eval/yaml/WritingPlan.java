package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.soft4j.lm.Sampling;

/**
 * How answers are written and filtered.
 *
 * @param sampling greedy unless generation_kwargs ask for draws
 * @param maxNewTokens bound on an answer
 * @param until texts that end an answer
 * @param filters each gives every metric
 * @param repeats how many answers are written to a row
 */
record WritingPlan(
    Sampling sampling,
    int maxNewTokens,
    List<String> until,
    List<AnswerFilter> filters,
    int repeats) {
  private static final int DEFAULT_TOKENS = 256;
  private static final int MOST_REPEATS = 1000;
  // What transformers takes where a model says nothing.
  private static final int DEFAULT_TOP_K = 50;
  private static final List<String> BOUNDS =
      List.of("max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens");

  /**
   * Reads generation_kwargs and filter_list.
   *
   * @param fields of the task
   * @param otherwise ends an answer where the file does not say what does
   */
  static WritingPlan read(Map<String, YamlValue> fields, String otherwise) {
    Map<String, YamlValue> how =
        Optional.ofNullable(fields.get("generation_kwargs"))
            .map(YamlValue::fields)
            .orElse(Map.of());
    List<String> known = new ArrayList<>(BOUNDS);
    known.addAll(List.of("until", "do_sample", "temperature", "top_p", "top_k"));
    Fields.refuseOthers(how, Set.copyOf(known));
    List<String> until = how.containsKey("until") ? how.get("until").texts() : List.of(otherwise);
    int most =
        BOUNDS.stream()
            .filter(how::containsKey)
            .findFirst()
            .map(name -> positive(how.get(name)))
            .orElse(DEFAULT_TOKENS);
    int repeats = repeats(fields);
    List<AnswerFilter> filters =
        Optional.ofNullable(fields.get("filter_list"))
            .map(list -> list.list().stream().map(one -> AnswerFilter.read(one, repeats)).toList())
            .orElse(List.of(AnswerFilter.NONE));
    return new WritingPlan(
        sampling(how), most, until.stream().filter(s -> !s.isEmpty()).toList(), filters, repeats);
  }

  /** How many answers a row gets. */
  static int repeats(Map<String, YamlValue> fields) {
    YamlValue asked = fields.get("repeats");
    int repeats = asked == null ? 1 : asked.whole();
    if (repeats < 1 || repeats > MOST_REPEATS) {
      throw asked.fault("is %s.".formatted(repeats), "Write 1 to %s.".formatted(MOST_REPEATS));
    }
    return repeats;
  }

  private static int positive(YamlValue value) {
    if (value.whole() < 1) {
      throw value.fault("is %s.".formatted(value.whole()), "Write 1 or more.");
    }
    return value.whole();
  }

  private static Sampling sampling(Map<String, YamlValue> how) {
    double temperature = how.containsKey("temperature") ? how.get("temperature").number() : 0;
    boolean draws = how.containsKey("do_sample") ? how.get("do_sample").flag() : temperature > 0;
    if (!draws) {
      return Sampling.GREEDY;
    }
    if (temperature == 0) {
      throw how.get("do_sample")
          .fault("is true and temperature is 0 or missing.", "Add temperature, such as 0.7.");
    }
    double topP = how.containsKey("top_p") ? how.get("top_p").number() : 1;
    int topK = how.containsKey("top_k") ? how.get("top_k").whole() : DEFAULT_TOP_K;
    try {
      return new Sampling(temperature, topP, topK);
    } catch (IllegalArgumentException e) {
      throw how.get("temperature").fault("cannot be drawn with: " + e.getMessage(), "Correct it.");
    }
  }
}
