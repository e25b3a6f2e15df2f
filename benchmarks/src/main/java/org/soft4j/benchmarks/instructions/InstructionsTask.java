package org.soft4j.benchmarks.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.soft4j.core.UserError;
import org.soft4j.eval.Document;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.WritingItem;
import org.soft4j.lm.Sampling;

/** Instructions whose greedy answers are judged by rule alone. */
public final class InstructionsTask implements TaskProvider {
  private static final int ITEMS = 240;
  private static final int MOST_ITEMS = 4000;
  private static final List<String> FAMILIES =
      List.of("format", "length", "keyword", "language", "refusal");

  @Override
  public String name() {
    return "instructions";
  }

  @Override
  public String summary() {
    return "Instructions judged by rule: form, length, words, language, refusal";
  }

  @Override
  public Task open(TaskOptions options) {
    long seed = options.number("instructions.seed", 1);
    int count = count(options.number("instructions.items", ITEMS));
    int most = (int) options.number("instructions.max_new_tokens", 256);
    List<TaskItem> items = new ArrayList<>();
    for (InstructionPrompts.Composed prompt :
        new InstructionPrompts(Recipe.standard(), seed).all(count)) {
      items.add(item(String.format(Locale.ROOT, "instructions-%04d", items.size()), prompt, most));
    }
    return new Task(
        new TaskCard(
            name(),
            "1",
            summary(),
            "soft4j; in the spirit of IFEval (Zhou et al. 2023, arXiv 2311.07911), whose prompts"
                + " and rules are others",
            "Apache-2.0",
            "%s prompts of seed %s".formatted(count, seed),
            metrics(),
            List.of(
                "greedy answers of at most " + most + " tokens",
                "each prompt counts alike; IFEval counts each instruction alike",
                "the language of an answer is told by its commonest small words or its letters, a"
                    + " refusal by phrases near its beginning")),
        items);
  }

  private static int count(long asked) {
    if (asked < 1 || asked > MOST_ITEMS) {
      throw new UserError(
          "instructions.items is %s.".formatted(asked),
          "Choose 1 to %s; %s are usual.".formatted(MOST_ITEMS, ITEMS));
    }
    return (int) asked;
  }

  private static TaskItem item(String id, InstructionPrompts.Composed prompt, int most) {
    String category = prompt.rules().get(0).name();
    return new WritingItem(
        Document.of(id, category, prompt.text()),
        List.of(prompt.text()),
        Shots::context,
        new WritingItem.Writing(Sampling.GREEDY, most, List.of(), 0),
        Optional.empty(),
        Map.of(),
        List.of(answers -> values(prompt.rules(), answers.get(0).text())));
  }

  /** The metrics of an answer. */
  static Map<String, Double> values(List<Rule> rules, String answer) {
    Map<String, Double> values = new TreeMap<>();
    values.put("prompt_strict", all(rules, rule -> rule.strict(answer)));
    values.put("prompt_loose", all(rules, rule -> rule.loose(answer)));
    values.put("instruction_strict", share(rules, rule -> rule.strict(answer)));
    values.put("instruction_loose", share(rules, rule -> rule.loose(answer)));
    for (String family : FAMILIES) {
      List<Rule> own = rules.stream().filter(rule -> rule.family().equals(family)).toList();
      if (!own.isEmpty()) {
        values.put(family, share(own, rule -> rule.strict(answer)));
      }
    }
    return values;
  }

  private static double all(List<Rule> rules, Predicate<Rule> followed) {
    return rules.stream().allMatch(followed) ? 1 : 0;
  }

  private static double share(List<Rule> rules, Predicate<Rule> followed) {
    return rules.stream().filter(followed).count() / (double) rules.size();
  }

  private static List<MetricCard> metrics() {
    List<MetricCard> metrics = new ArrayList<>();
    add(metrics, "prompt_strict", "prompts whose instructions are all followed");
    add(metrics, "instruction_strict", "share of a prompt's instructions that are followed");
    String readings = ", in the best of eight readings of the answer";
    add(metrics, "prompt_loose", "prompts whose instructions are all followed" + readings);
    add(metrics, "instruction_loose", "share of a prompt's instructions followed" + readings);
    for (String family : FAMILIES) {
      add(metrics, family, "instruction_strict over instructions about " + family + " alone");
    }
    return metrics;
  }

  private static void add(List<MetricCard> metrics, String name, String meaning) {
    metrics.add(new MetricCard(name, meaning, Double.NaN));
  }
}
