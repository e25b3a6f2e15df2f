package org.soft4j.eval.yaml;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.soft4j.eval.Grade;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;

/**
 * A row of a {@code loglikelihood_rolling} task: a whole text is scored, and its log-probability is
 * divided by its words or its bytes.
 *
 * @param row with its place
 * @param text that doc_to_target gives
 * @param metrics of word_perplexity, byte_perplexity and bits_per_byte
 */
record YamlRollingItem(PlacedRow row, String text, List<MetricPlan> metrics) implements RowItem {
  // Python's \\s, which the harness splits words at; an empty text is one word there.
  private static final Pattern SPACE =
      Pattern.compile(
          "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+");

  @Override
  public String question() {
    return text;
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    return List.of(new TaskRequest.Rolling(text));
  }

  @Override
  public List<String> notes(int shots) {
    return List.of();
  }

  @Override
  public int demonstrations(int asked) {
    return 0;
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    double log = ((TaskAnswer.Likelihood) answers.get(0)).logProbability();
    Map<String, List<Object>> parts = new LinkedHashMap<>();
    for (MetricPlan metric : metrics) {
      int length =
          metric.name().equals("word_perplexity")
              ? SPACE.split(text, -1).length
              : text.getBytes(StandardCharsets.UTF_8).length;
      parts.put(metric.name(), List.of(log, length));
    }
    return new Grade(Map.of(), text, parts);
  }
}
