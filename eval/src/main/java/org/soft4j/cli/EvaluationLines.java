package org.soft4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskGroup;
import org.soft4j.session.EvaluationJob;
import org.soft4j.soft.Measurement;
import org.soft4j.table.Decimals;

/** The scores of one model as lines of a table. */
final class EvaluationLines {
  private EvaluationLines() {}

  static List<List<String>> of(EvaluationJob.Result result) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("benchmark", "metric", "shots", "score", "chance", "n"));
    for (Measurement m : result.measurements()) {
      boolean share = card(result.tasks(), m).share();
      lines.add(
          List.of(
              m.benchmark(),
              m.metric(),
              String.valueOf(m.shots()),
              score(m, share),
              number(m.chance(), share),
              String.valueOf(m.items())));
    }
    return lines;
  }

  /** What one must know to compare the numbers: version, set and deviations of every task. */
  static List<String> notes(EvaluationJob.Result result) {
    Stream<String> cards =
        result.tasks().stream()
            .map(Task::card)
            .map(
                card ->
                    "%s %s: %s"
                        .formatted(
                            card.name(),
                            card.version(),
                            Stream.concat(Stream.of(card.split()), card.deviations().stream())
                                .collect(Collectors.joining("; "))));
    Stream<String> groups = TaskGroup.notes(result.tasks(), result.measurements()).stream();
    return Stream.concat(cards, groups).toList();
  }

  private static MetricCard card(List<Task> tasks, Measurement m) {
    return tasks.stream()
        .filter(task -> task.name().equals(m.benchmark()) || isIn(task, m.benchmark()))
        .flatMap(
            task ->
                Stream.concat(
                    task.card().metrics().stream(),
                    task.judged().stream().flatMap(judged -> judged.metrics().stream())))
        .filter(metric -> metric.name().equals(m.metric()))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isIn(Task task, String group) {
    return task.groups().stream()
        .anyMatch(known -> known.name().equals(group) && known.tasks().contains(task.name()));
  }

  private static String score(Measurement m, boolean share) {
    String error = number(m.standardError(), share);
    return number(m.value(), share) + (error.isEmpty() ? "" : " ± " + error);
  }

  private static String number(double value, boolean share) {
    return Decimals.text("%.1f", share ? 100 * value : value);
  }
}
