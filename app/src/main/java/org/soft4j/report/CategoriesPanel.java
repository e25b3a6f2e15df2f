package org.soft4j.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Statistics;
import org.soft4j.eval.TaskFiles;

/**
 * Scores by category, base model and the round that stands for the run, zero-shot: from the
 * samples, or from a judge's grades where the task has no metric of its own.
 */
public final class CategoriesPanel {
  private static final int MOST = 8;
  private static final int LEAST = 3;
  private static final double GRADES = 10;

  private CategoriesPanel() {}

  /** The body. */
  public record Body(List<Benchmark> benchmarks) {}

  /**
   * A benchmark.
   *
   * @param name task and metric
   * @param note which categories are shown
   * @param columns names of the rounds shown
   * @param rows a category each, the largest first
   * @param radar the same as a figure
   */
  public record Benchmark(
      String name, String note, List<String> columns, List<Row> rows, Radar radar) {}

  /** A category: its name, number of items, and a score a column. */
  public record Row(String category, String items, List<String> scores) {}

  static Optional<ReportPage.Panel> of(RunReader files) {
    List<Benchmark> benchmarks =
        files.benchmarks().stream().flatMap(name -> benchmark(files, name).stream()).toList();
    return benchmarks.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReportPage.Panel("categories", "By category", new Body(benchmarks)));
  }

  private static Optional<Benchmark> benchmark(RunReader files, String name) {
    Optional<MetricCard> metric = files.task(name).flatMap(CategoriesPanel::metric);
    if (metric.isEmpty()) {
      return Optional.empty();
    }
    int last = files.shown();
    List<Integer> rounds = last == 0 ? List.of(0) : List.of(0, last);
    List<Map<String, List<Double>>> values = new ArrayList<>();
    for (int round : rounds) {
      values.add(values(files, name, metric.get(), round));
    }
    List<String> all =
        values.get(0).entrySet().stream()
            .sorted(Comparator.comparing(e -> -e.getValue().size()))
            .map(Map.Entry::getKey)
            .filter(category -> values.stream().allMatch(v -> v.containsKey(category)))
            .toList();
    if (all.size() < LEAST) {
      return Optional.empty();
    }
    List<String> shown = all.subList(0, Math.min(MOST, all.size()));
    double full = metric.get().share() ? 1 : GRADES;
    List<String> columns = rounds.stream().map(files::who).toList();
    return Optional.of(
        new Benchmark(
            name + " " + metric.get().name(),
            shown.size() < all.size()
                ? "The %s largest of %s categories.".formatted(shown.size(), all.size())
                : "",
            columns,
            shown.stream().map(category -> row(category, values, metric.get())).toList(),
            Radar.of(
                shown,
                columns,
                values.stream()
                    .map(v -> shown.stream().map(c -> mean(v.get(c)) / full).toList())
                    .toList())));
  }

  private static Row row(
      String category, List<Map<String, List<Double>>> values, MetricCard metric) {
    return new Row(
        category,
        String.valueOf(values.get(0).get(category).size()),
        values.stream()
            .map(v -> mean(v.get(category)))
            .map(
                mean ->
                    metric.share()
                        ? String.format(Locale.ROOT, "%.1f", 100 * mean)
                        : String.format(Locale.ROOT, "%.2f", mean))
            .toList());
  }

  private static double mean(List<Double> values) {
    return Statistics.mean(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** A judge's grade where the task is for a judge, else the card's first metric. */
  private static Optional<MetricCard> metric(TaskFiles.Described task) {
    List<MetricCard> metrics = task.card().metrics();
    return metrics.stream()
        .filter(metric -> metric.name().equals("judge"))
        .findFirst()
        .or(
            () ->
                metrics.stream()
                    .findFirst()
                    .filter(MetricCard::share)
                    .filter(m -> metrics.stream().noneMatch(o -> o.name().equals("judge_unread"))));
  }

  private static Map<String, List<Double>> values(
      RunReader files, String name, MetricCard metric, int round) {
    ItemCards cards = ItemCards.of(files, name);
    Map<String, List<Double>> values = new LinkedHashMap<>();
    if (metric.name().equals("judge")) {
      Judgments.grades(files.judging(round, name, 0))
          .forEach((item, grade) -> add(values, cards.category(item), grade));
      return values;
    }
    for (ItemSample sample : files.samples(round, name, 0).values()) {
      if (sample.metrics().containsKey(metric.name())) {
        add(values, cards.category(sample.item()), sample.metrics().get(metric.name()));
      }
    }
    return values;
  }

  private static void add(Map<String, List<Double>> values, String category, double value) {
    if (!category.isEmpty()) {
      values.computeIfAbsent(category, key -> new ArrayList<>()).add(value);
    }
  }
}
