package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.MultipleChoiceItem;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;

/**
 * Writes the card of a task that a file describes.
 *
 * @param file the task file
 * @param plan what it says
 * @param notes what one must know of its rows, and what was read otherwise than it is written
 */
record CardWriter(Path file, TaskPlan plan, List<String> notes) {
  private static final double NONE = Double.NaN;

  /** The card of these rows. */
  TaskCard card(List<Row> rows, List<TaskItem> items) {
    List<String> told = new ArrayList<>(notes);
    Set<String> unread = new TreeSet<>();
    plan.metrics().forEach(metric -> unread.addAll(metric.passedOver()));
    if (!unread.isEmpty()) {
      told.add(
          "metric_list options that change nothing, there as here: " + String.join(", ", unread));
    }
    return new TaskCard(
        plan.name(),
        plan.version(),
        plan.title(),
        "task file " + file.getFileName() + " over " + plan.data().source(),
        "%s rows of %s (%s)"
            .formatted(rows.size(), rows.get(0).file().getFileName(), plan.data().evaluated()),
        metrics(items),
        told);
  }

  private List<MetricCard> metrics(List<TaskItem> items) {
    double chance =
        items.stream()
            .filter(item -> plan.output() == TaskPlan.Output.MULTIPLE_CHOICE)
            .mapToDouble(item -> chance((MultipleChoiceItem) item))
            .average()
            .orElse(NONE);
    List<MetricCard> cards = new ArrayList<>();
    for (String filter : plan.filters()) {
      for (MetricPlan metric : plan.metrics()) {
        cards.add(card(metric, new FilteredMetric(metric.name(), filter).text(), chance));
      }
    }
    return cards;
  }

  private MetricCard card(MetricPlan metric, String name, double chance) {
    if (plan.results().isPresent()) {
      return new MetricCard(
          name,
          "by process_results of the task file",
          NONE,
          plan.results().get().share(metric.name()));
    }
    return metric
        .aggregate()
        .map(aggregate -> MetricCard.of(name, aggregate.meaning(), aggregate))
        .orElseGet(
            () ->
                plan.output() == TaskPlan.Output.GENERATE_UNTIL
                    ? new MetricCard(name, "the answer equals a right one", NONE)
                    : new MetricCard(
                        name, meaning(metric.name()), greedy(metric.name()) ? NONE : chance));
  }

  private boolean greedy(String metric) {
    return metric.equals("exact_match") || plan.output() == TaskPlan.Output.LOGLIKELIHOOD;
  }

  private String meaning(String metric) {
    if (greedy(metric)) {
      return "every token of the right answer is the most likely one";
    }
    return switch (metric) {
      case "acc_norm" -> "a right choice is the most likely one by letter";
      case "acc_bytes" -> "a right choice is the most likely one by byte";
      default -> "a right choice is the most likely one";
    };
  }

  private static double chance(MultipleChoiceItem item) {
    return (double) Set.copyOf(item.right()).size() / item.choices().size();
  }
}
