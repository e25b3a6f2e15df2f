package org.soft4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.MetricCard;

/** Items that turned from wrong to right, or back, between rounds; zero-shot, from the samples. */
public final class ChangesPanel {
  private static final int EXAMPLES = 5;
  private static final double HALF = 0.5;

  private ChangesPanel() {}

  /** The body. */
  public record Body(List<Benchmark> benchmarks) {}

  /**
   * A benchmark.
   *
   * @param name of the task
   * @param metric that says right or wrong
   * @param steps from each round to the next, and from the base to the one that stands for the run
   * @param after the name of that round
   * @param gained examples that this round has right and the base has wrong
   * @param lost the reverse
   * @param items address of the page of all items
   */
  public record Benchmark(
      String name,
      String metric,
      List<Step> steps,
      String after,
      List<Example> gained,
      List<Example> lost,
      String items) {}

  /**
   * Counts between two rounds.
   *
   * @param name such as {@code base → round 1}
   * @param gained from wrong to right
   * @param lost from right to wrong
   * @param right right in both
   * @param wrong wrong in both
   */
  public record Step(String name, int gained, int lost, int right, int wrong) {}

  /**
   * An item.
   *
   * @param question what was asked
   * @param best answer; empty where it is not known
   * @param before what the base model chose or wrote
   * @param after what the later round chose or wrote
   */
  public record Example(String question, String best, String before, String after) {}

  static Optional<ReportPage.Panel> of(RunReader files) {
    int rounds = files.measured().size();
    if (rounds < 2) {
      return Optional.empty();
    }
    List<Benchmark> benchmarks =
        files.benchmarks().stream()
            .flatMap(name -> benchmark(files, name, rounds - 1).stream())
            .toList();
    return benchmarks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportPage.Panel("changes", "Answers that changed", new Body(benchmarks)));
  }

  private static Optional<Benchmark> benchmark(RunReader files, String name, int last) {
    if (files.task(name).stream().anyMatch(JudgedPanel::open)) {
      return Optional.empty();
    }
    ItemCards cards = ItemCards.of(files, name);
    Optional<String> verdict = verdict(files, name);
    if (verdict.isEmpty() || files.samples(last, name, 0).isEmpty()) {
      return Optional.empty();
    }
    String metric = verdict.get();
    List<Step> steps = new ArrayList<>();
    for (int round = 1; round <= last; round++) {
      steps.add(step(files, name, metric, round - 1, round));
    }
    int shown = files.shown();
    if (shown > 1) {
      steps.add(step(files, name, metric, 0, shown));
    }
    return Optional.of(
        new Benchmark(
            name,
            metric,
            steps,
            files.who(shown),
            examples(files, name, metric, shown, false, cards),
            examples(files, name, metric, shown, true, cards),
            Links.to(SamplePages.FOLDER + "/" + name + ".html")));
  }

  /** The first metric of the card whose values are right or wrong, a tie counting half. */
  private static Optional<String> verdict(RunReader files, String name) {
    Map<String, ItemSample> samples = files.samples(0, name, 0);
    List<String> metrics =
        files
            .task(name)
            .map(task -> task.card().metrics().stream().map(MetricCard::name).toList())
            .orElseGet(
                () ->
                    samples.values().stream()
                        .flatMap(sample -> sample.metrics().keySet().stream())
                        .distinct()
                        .toList());
    return samples.isEmpty()
        ? Optional.empty()
        : metrics.stream()
            .filter(metric -> samples.values().stream().anyMatch(s -> scored(s, metric)))
            .filter(metric -> samples.values().stream().allMatch(s -> rightOrWrong(s, metric)))
            .findFirst();
  }

  // An item without a score, such as one beyond the window, is neither right nor wrong.
  private static boolean scored(ItemSample sample, String metric) {
    return sample.metrics().containsKey(metric);
  }

  private static boolean rightOrWrong(ItemSample sample, String metric) {
    double value = sample.metrics().getOrDefault(metric, HALF);
    return value == 0 || value == HALF || value == 1;
  }

  private static Step step(RunReader files, String name, String metric, int from, int to) {
    Map<String, ItemSample> before = files.samples(from, name, 0);
    Map<String, ItemSample> after = files.samples(to, name, 0);
    int[] counts = new int[4];
    before.forEach(
        (item, sample) -> {
          if (both(item, before, after, metric)) {
            counts[(right(sample, metric) ? 2 : 0) + (right(after.get(item), metric) ? 1 : 0)]++;
          }
        });
    return new Step(
        ScoreTable.round(from) + " → " + ScoreTable.round(to),
        counts[1],
        counts[2],
        counts[3],
        counts[0]);
  }

  private static boolean both(
      String item, Map<String, ItemSample> before, Map<String, ItemSample> after, String metric) {
    return after.containsKey(item)
        && scored(before.get(item), metric)
        && scored(after.get(item), metric);
  }

  private static boolean right(ItemSample sample, String metric) {
    return sample.metrics().get(metric) > HALF;
  }

  private static List<Example> examples(
      RunReader files, String name, String metric, int last, boolean lost, ItemCards cards) {
    Map<String, ItemSample> before = files.samples(0, name, 0);
    Map<String, ItemSample> after = files.samples(last, name, 0);
    List<String> changed =
        before.keySet().stream()
            .filter(item -> both(item, before, after, metric))
            .filter(item -> right(before.get(item), metric) == lost)
            .filter(item -> right(after.get(item), metric) != lost)
            .toList();
    return Spread.over(changed, EXAMPLES).stream()
        .map(
            item ->
                new Example(
                    cards.question(item),
                    cards.answer(item),
                    before.get(item).chosen().strip(),
                    after.get(item).chosen().strip()))
        .toList();
  }
}
