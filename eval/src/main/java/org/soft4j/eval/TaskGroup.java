package org.soft4j.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;

/**
 * Tasks whose scores are put together, as lm-evaluation-harness does it: the mean of the tasks'
 * values, weighted by their items unless told otherwise.
 *
 * @param name shown in the place of a task's
 * @param alias for people
 * @param version raised whenever numbers change meaning
 * @param members names of its tasks and groups
 * @param tasks names of its tasks and of those of its groups
 * @param rules which metrics are put together
 */
public record TaskGroup(
    String name,
    String alias,
    String version,
    List<String> members,
    List<String> tasks,
    List<Rule> rules) {
  private static final String NOTES = "group_notes.json";

  /** Copies the lists. */
  public TaskGroup {
    members = List.copyOf(members);
    tasks = List.copyOf(tasks);
    rules = List.copyOf(rules);
  }

  /**
   * A metric that is put together.
   *
   * @param metric without its filter
   * @param filters of the answers; empty for all that the tasks have
   * @param bySize whether tasks count by their items, or all alike
   */
  public record Rule(String metric, List<String> filters, boolean bySize) {
    /** Copies the list. */
    public Rule {
      filters = List.copyOf(filters);
    }
  }

  /** The groups of tasks, each once, those within others first. */
  public static List<TaskGroup> of(List<Task> tasks) {
    return tasks.stream().flatMap(task -> task.groups().stream()).distinct().toList();
  }

  /**
   * Keeps the notes beside the samples, where there are any.
   *
   * @param folder of the samples
   */
  static void writeNotes(Path folder, List<String> notes) {
    if (!notes.isEmpty()) {
      WholeFile.write(folder.resolve(NOTES), Json.pretty(notes));
    }
  }

  /** The notes that stand beside samples; none in folders of earlier versions. */
  public static List<String> readNotes(Path folder) {
    Path file = folder.resolve(NOTES);
    return Files.isRegularFile(file)
        ? List.of(Json.read(WholeFile.read(file), String[].class, file.toString()))
        : List.of();
  }

  /**
   * The group's scores; none where a rule's metric is none of its tasks'.
   *
   * @param measured scores of all tasks at one number of shots
   */
  public List<Measurement> measure(List<Measurement> measured) {
    Map<String, List<Measurement>> byTask =
        measured.stream()
            .filter(row -> tasks.contains(row.benchmark()))
            .collect(Collectors.groupingBy(Measurement::benchmark));
    Map<String, Set<String>> metrics = new HashMap<>();
    byTask.forEach(
        (task, of) ->
            metrics.put(task, of.stream().map(Measurement::metric).collect(Collectors.toSet())));
    List<Measurement> rows = new ArrayList<>();
    for (Rule rule : rules) {
      for (String filter : filters(rule, metrics)) {
        String metric = new FilteredMetric(rule.metric(), filter).text();
        together(rule, metric, byTask).ifPresent(rows::add);
      }
    }
    return rows;
  }

  /**
   * Metrics that some of its tasks lack, whose score is of the others alone; a line each.
   *
   * @param measured scores of all tasks
   */
  public List<String> missing(List<Measurement> measured) {
    return missing(
        measured.stream()
            .collect(
                Collectors.groupingBy(
                    Measurement::benchmark,
                    Collectors.mapping(Measurement::metric, Collectors.toSet()))));
  }

  /** What groups lack and no card tells yet: metrics of tasks whose answers all have no value. */
  public static List<String> untold(List<Task> tasks, List<Measurement> measured) {
    return of(tasks).stream()
        .flatMap(group -> group.missing(measured).stream())
        .filter(line -> tasks.stream().noneMatch(t -> t.card().deviations().contains(line)))
        .toList();
  }

  /** The tasks, of which the first of each group says which metrics others of it have not. */
  static List<Task> noted(List<Task> tasks) {
    Map<String, Set<String>> metrics = new HashMap<>();
    tasks.forEach(
        task ->
            metrics.put(
                task.name(),
                task.card().metrics().stream().map(MetricCard::name).collect(Collectors.toSet())));
    List<Task> noted = new ArrayList<>(tasks);
    for (TaskGroup group : of(tasks)) {
      int first = 0;
      while (!group.tasks().contains(noted.get(first).name())) {
        first++;
      }
      for (String line : group.missing(metrics)) {
        noted.set(first, noted.get(first).noting(line));
      }
    }
    return noted;
  }

  private List<String> missing(Map<String, Set<String>> metricsByTask) {
    List<String> missing = new ArrayList<>();
    for (Rule rule : rules) {
      for (String filter : filters(rule, metricsByTask)) {
        String metric = new FilteredMetric(rule.metric(), filter).text();
        List<String> lacking =
            tasks.stream()
                .filter(task -> !metricsByTask.getOrDefault(task, Set.of()).contains(metric))
                .toList();
        if (lacking.size() == tasks.size()) {
          missing.add(
              "%s has no %s: none of its %s tasks has it".formatted(name, metric, tasks.size()));
        } else if (!lacking.isEmpty()) {
          missing.add(
              "%s %s is of %s of %s tasks; it is missing in %s"
                  .formatted(
                      name,
                      metric,
                      tasks.size() - lacking.size(),
                      tasks.size(),
                      String.join(", ", lacking)));
        }
      }
    }
    return missing;
  }

  private List<String> filters(Rule rule, Map<String, Set<String>> metricsByTask) {
    if (!rule.filters().isEmpty()) {
      return rule.filters();
    }
    TreeSet<String> found =
        tasks.stream()
            .flatMap(task -> metricsByTask.getOrDefault(task, Set.of()).stream())
            .map(FilteredMetric::of)
            .filter(metric -> metric.name().equals(rule.metric()))
            .map(FilteredMetric::filter)
            .collect(Collectors.toCollection(TreeSet::new));
    return found.isEmpty() ? List.of(FilteredMetric.NONE) : List.copyOf(found);
  }

  private Optional<Measurement> together(
      Rule rule, String metric, Map<String, List<Measurement>> byTask) {
    List<Measurement> values = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (String task : tasks) {
      List<Measurement> rows = byTask.getOrDefault(task, List.of());
      rows.stream()
          .filter(row -> row.metric().equals(metric))
          .forEach(
              row -> {
                values.add(row);
                // The harness weighs by one size a task, whatever the metric.
                sizes.add(rows.stream().mapToInt(Measurement::items).max().orElseThrow());
              });
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    int shots = values.get(0).shots();
    return Optional.of(
        new Measurement(
            values.get(0).round(),
            name,
            shots,
            metric,
            mean(values, sizes, rule.bySize(), Measurement::value),
            rule.bySize() ? pooled(values, sizes) : unweighted(values),
            sizes.stream().mapToInt(size -> size).sum(),
            mean(values, sizes, rule.bySize(), Measurement::chance)));
  }

  private static double mean(
      List<Measurement> values,
      List<Integer> sizes,
      boolean bySize,
      ToDoubleFunction<Measurement> of) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < values.size(); i++) {
      double weight = bySize ? sizes.get(i) : 1;
      sum += of.applyAsDouble(values.get(i)) * weight;
      all += weight;
    }
    return sum / all;
  }

  /** As if all items stood in one sample: pooled variance over the sum of the sizes. */
  private static double pooled(List<Measurement> values, List<Integer> sizes) {
    double sum = 0;
    long all = 0;
    for (int i = 0; i < values.size(); i++) {
      double error = values.get(i).standardError();
      sum += (sizes.get(i) - 1) * error * error * sizes.get(i);
      all += sizes.get(i);
    }
    return Math.sqrt(sum / (all - sizes.size()) / all);
  }

  private static double unweighted(List<Measurement> values) {
    double sum = 0;
    for (Measurement value : values) {
      sum += value.standardError() * value.standardError();
    }
    return Math.sqrt(sum) / values.size();
  }
}
