package org.soft4j.eval.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.soft4j.eval.ChoiceScorer;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.ScoredChoices;
import org.soft4j.eval.Scorer;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.metric.Aggregate;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.lm.template.value.PythonText;

/** The scorers of metric_list for one row, each under the names of every filter. */
record RowScorers(TaskPlan plan, Row row) {
  // Python's \\s, which the harness splits words at; an empty text is one word there.
  private static final Pattern SPACE =
      Pattern.compile(
          "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+");

  /** Of {@code multiple_choice}. */
  List<ChoiceScorer> ofChoices() {
    return scorers(
        (metric, name) -> {
          if (metric.aggregate().isPresent()) {
            boolean brier = metric.aggregate().equals(Optional.of(Aggregate.BRIER));
            return ChoiceScorer.part(name, brier ? RowScorers::probabilities : RowScorers::classes);
          }
          return switch (metric.name()) {
            case "acc" -> ChoiceScorer.ACC.named(name);
            case "acc_norm" -> ChoiceScorer.ACC_NORM.named(name);
            case "acc_bytes" -> ChoiceScorer.ACC_BYTES.named(name);
            case "acc_mutual_info" -> ChoiceScorer.ACC_MUTUAL_INFO.named(name);
            default -> ChoiceScorer.EXACT_MATCH.named(name);
          };
        });
  }

  /**
   * Of {@code loglikelihood}: {@code acc} is 1 where every token was the most likely one, {@code
   * perplexity} takes the log-probability.
   */
  List<ChoiceScorer> ofTarget() {
    return scorers(
        (metric, name) ->
            metric.aggregate().isPresent()
                ? ChoiceScorer.part(name, text -> List.of(text.scores()[0]))
                : ChoiceScorer.EXACT_MATCH.named(name));
  }

  /** Of {@code loglikelihood_rolling}: the log-probability, and what it is divided by. */
  List<ChoiceScorer> ofText(String text) {
    int words = SPACE.split(text, -1).length;
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return scorers(
        (metric, name) -> {
          int length = metric.name().equals("word_perplexity") ? words : bytes;
          return ChoiceScorer.part(name, scored -> List.of(scored.scores()[0], length));
        });
  }

  /** Makes the scorer of a metric under a name. */
  private interface Named {
    ChoiceScorer of(MetricPlan metric, String name);
  }

  /** Filters leave log-probabilities as they are, and give each metric another name. */
  private List<ChoiceScorer> scorers(Named scorer) {
    List<String> filters = plan.filters();
    if (plan.results().isPresent()) {
      return List.of(all -> results(filters, filter -> all.answers()));
    }
    return filters.stream()
        .flatMap(
            filter ->
                plan.metrics().stream().map(metric -> scorer.of(metric, name(metric, filter))))
        .toList();
  }

  private static String name(MetricPlan metric, String filter) {
    return new FilteredMetric(metric.name(), filter).text();
  }

  /** The right choice's number, and the chosen one's. */
  private static List<Object> classes(ScoredChoices all) {
    return List.of(right(all), all.best());
  }

  /** The right choice's number, and the probabilities of all. */
  private static List<Object> probabilities(ScoredChoices all) {
    double highest = Arrays.stream(all.scores()).max().orElseThrow();
    double[] sizes = Arrays.stream(all.scores()).map(log -> Math.exp(log - highest)).toArray();
    double sum = Arrays.stream(sizes).sum();
    return List.of(right(all), Arrays.stream(sizes).map(size -> size / sum).boxed().toList());
  }

  private static int right(ScoredChoices all) {
    return IntStream.range(0, all.choices().size())
        .filter(i -> all.choices().get(i).right())
        .findFirst()
        .orElseThrow();
  }

  /**
   * Of {@code generate_until}: exact_match, and metrics over right and written texts.
   *
   * @param wanted right answers; one of them is enough
   */
  List<Scorer<List<TaskAnswer.Writing>>> ofTexts(
      List<String> wanted, Map<String, UnaryOperator<List<String>>> filters) {
    if (plan.results().isPresent()) {
      return List.of(
          answers -> results(plan.filters(), name -> through(filters.get(name), answers)));
    }
    return plan.writing().orElseThrow().filters().stream()
        .<Scorer<List<TaskAnswer.Writing>>>map(filter -> new Compared(this, filter, wanted))
        .toList();
  }

  private static List<TaskAnswer> through(
      UnaryOperator<List<String>> filter, List<TaskAnswer.Writing> answers) {
    TaskAnswer.Writing first = answers.get(0);
    return filter.apply(answers.stream().map(TaskAnswer.Writing::text).toList()).stream()
        .<TaskAnswer>map(text -> new TaskAnswer.Writing(text, first.tokens(), first.ended()))
        .toList();
  }

  /** Filtered answers beside the right ones. */
  private record Compared(RowScorers of, AnswerFilter filter, List<String> wanted)
      implements Scorer<List<TaskAnswer.Writing>> {
    @Override
    public Map<String, Double> values(List<TaskAnswer.Writing> answers) {
      Object taken = taken(answers);
      Map<String, Double> values = new LinkedHashMap<>();
      of.plan().metrics().stream()
          .filter(metric -> metric.aggregate().isEmpty())
          .forEach(m -> values.put(name(m, filter.name()), right(m, taken) ? 1.0 : 0.0));
      return values;
    }

    @Override
    public Map<String, List<Object>> parts(List<TaskAnswer.Writing> answers) {
      Object taken = taken(answers);
      Map<String, List<Object>> parts = new LinkedHashMap<>();
      of.plan().metrics().stream()
          .filter(metric -> metric.aggregate().isPresent())
          .forEach(
              m -> parts.put(name(m, filter.name()), List.of(wanted.get(0), taken.toString())));
      return parts;
    }

    private Object taken(List<TaskAnswer.Writing> answers) {
      return filter.apply(answers.stream().map(TaskAnswer.Writing::text).toList(), of.row());
    }

    /** Beside a number that the filter map gives, the right text counts as a number too. */
    private boolean right(MetricPlan metric, Object taken) {
      return taken instanceof Long number
          ? PythonText.whole(wanted.get(0)) == number
          : wanted.stream().anyMatch(right -> metric.match().equal((String) taken, right));
    }
  }

  /** What the task file's own {@code process_results} gives. */
  private Map<String, Double> results(
      List<String> filters, Function<String, List<TaskAnswer>> through) {
    TaskFunction.Results results = plan.results().orElseThrow();
    Map<String, Double> values = new LinkedHashMap<>();
    for (String filter : filters) {
      Map<String, Double> given = results.of(row.values(), through.apply(filter));
      for (MetricPlan metric : plan.metrics()) {
        if (!given.containsKey(metric.name())) {
          throw row.fault(
              "process_results gives no " + metric.name() + ".", "Correct metric_list.");
        }
        values.put(name(metric, filter), given.get(metric.name()));
      }
    }
    return values;
  }
}
