package org.soft4j.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.soft4j.compare.ScoredRun.Slot;
import org.soft4j.core.UserError;
import org.soft4j.eval.Statistics;
import org.soft4j.table.Decimals;
import org.soft4j.table.TextTable;

/** Compares runs item by item: each with the first, after the rounds that they kept. */
public final class RunComparison {
  private static final double CONFIDENCE = 0.95;
  private static final int REPLICATES = 10_000;
  private static final double POWER = 0.8;
  private static final double POINTS = 100;

  private RunComparison() {}

  /**
   * Compares every further run with the first.
   *
   * @param runs run folders, or round folders such as {@code runs/a/round-1}; two or more
   * @return in the order of benchmarks, shots and metrics; a UserError where two runs have no item
   *     in common
   */
  public static List<Comparison> of(List<Path> runs) {
    return ofScores(runs.stream().map(ScoredRun::read).toList());
  }

  /** The same for scores that were read already. */
  public static List<Comparison> ofScores(List<ScoredRun> runs) {
    if (runs.size() < 2) {
      throw new UserError(
          "There is %s run to compare.".formatted(runs.size()), "Name two or more run folders.");
    }
    ScoredRun first = runs.get(0);
    List<Comparison> rows = new ArrayList<>();
    List<List<?>> families = new ArrayList<>();
    for (int run = 1; run < runs.size(); run++) {
      ScoredRun second = runs.get(run);
      int before = rows.size();
      second.scores().keySet().stream()
          .filter(first.scores()::containsKey)
          .forEach(slot -> rows.addAll(compare(first, second, slot)));
      if (rows.size() == before) {
        throw new UserError(
            "%s and %s have no benchmark item in common.".formatted(first.name(), second.name()),
            "Compare runs of the same benchmarks and shots.");
      }
      for (Comparison row : rows.subList(before, rows.size())) {
        families.add(List.of(run, row.benchmark()));
      }
    }
    double[] corrected =
        NoiseRule.corrected(rows.stream().mapToDouble(Comparison::p).toArray(), families);
    return IntStream.range(0, rows.size())
        .mapToObj(i -> rows.get(i).corrected(corrected[i]))
        .toList();
  }

  /** The comparisons as a table; what is no noise by {@link NoiseRule} has an arrow. */
  public static String table(List<Comparison> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "",
            "first",
            "second",
            "benchmark",
            "metric",
            "shots",
            "first mean",
            "second mean",
            "difference",
            "95 % interval",
            "p",
            "p (Holm)",
            "detectable",
            "test",
            "n"));
    for (Comparison c : rows) {
      lines.add(
          List.of(
              c.mark(),
              c.first(),
              c.second(),
              c.benchmark(),
              c.metric(),
              String.valueOf(c.shots()),
              Decimals.text("%.1f", scale(c) * c.firstMean()),
              Decimals.text("%.1f", scale(c) * c.secondMean()),
              Decimals.text("%+.1f", scale(c) * (c.secondMean() - c.firstMean())),
              "[%s, %s]"
                  .formatted(
                      Decimals.text("%+.1f", scale(c) * c.low()),
                      Decimals.text("%+.1f", scale(c) * c.high())),
              Decimals.probability(c.p()),
              Decimals.probability(c.corrected()),
              Decimals.text("%.1f", scale(c) * c.detectable()),
              c.exact() ? "McNemar" : "bootstrap",
              String.valueOf(c.items())));
    }
    return TextTable.of(lines, 5);
  }

  /**
   * What one must know of the pairs, a line each: which round stands for a run, and scores that are
   * not of both.
   */
  public static List<String> notes(List<ScoredRun> runs) {
    return Stream.concat(
            runs.stream().map(ScoredRun::stands).filter(words -> !words.isEmpty()),
            runs.stream().skip(1).flatMap(r -> SameItems.notes(runs.get(0), r).stream()))
        .toList();
  }

  /** Where interval and mark seem to part ways, and why, a line each. */
  public static List<String> reasons(List<Comparison> rows) {
    return rows.stream()
        .filter(c -> !c.why().isEmpty())
        .map(
            c ->
                "%s %s at %s shots, %s: %s"
                    .formatted(c.benchmark(), c.metric(), c.shots(), c.second(), c.why()))
        .toList();
  }

  private static double scale(Comparison comparison) {
    return comparison.share() ? POINTS : 1;
  }

  private static List<Comparison> compare(ScoredRun firstRun, ScoredRun secondRun, Slot slot) {
    SameItems.check(firstRun, secondRun, slot);
    Map<String, Map<String, Double>> first = firstRun.scores().get(slot);
    Map<String, Map<String, Double>> second = secondRun.scores().get(slot);
    Set<String> metrics = new TreeSet<>();
    second.values().forEach(scores -> metrics.addAll(scores.keySet()));
    List<Comparison> rows = new ArrayList<>();
    for (String metric : metrics) {
      List<String> items =
          second.keySet().stream()
              .filter(item -> has(first, item, metric) && has(second, item, metric))
              .toList();
      if (!items.isEmpty()) {
        double[] a = values(first, items, metric);
        double[] b = values(second, items, metric);
        rows.add(row(firstRun, secondRun, slot, metric, a, b));
      }
    }
    return rows;
  }

  private static Comparison row(
      ScoredRun firstRun, ScoredRun secondRun, Slot slot, String metric, double[] a, double[] b) {
    Statistics.Comparison bootstrap = Statistics.pairedBootstrap(a, b, CONFIDENCE, REPLICATES, 0);
    boolean exact = rightOrWrong(a) && rightOrWrong(b);
    double p = exact ? Statistics.mcNemarExact(count(a, b), count(b, a)) : bootstrap.p();
    return new Comparison(
        firstRun.name(),
        secondRun.name(),
        slot.benchmark(),
        slot.shots(),
        metric,
        Statistics.mean(a),
        Statistics.mean(b),
        bootstrap.difference().low(),
        bootstrap.difference().high(),
        p,
        p,
        exact,
        a.length,
        Statistics.minimumDetectable(a, b, POWER, 1 - CONFIDENCE),
        firstRun.share(slot.benchmark(), metric) && secondRun.share(slot.benchmark(), metric));
  }

  private static int count(double[] right, double[] wrong) {
    return (int) IntStream.range(0, right.length).filter(i -> right[i] > wrong[i]).count();
  }

  private static boolean rightOrWrong(double[] values) {
    return Arrays.stream(values).allMatch(v -> v == 0 || v == 1);
  }

  private static boolean has(Map<String, Map<String, Double>> scores, String item, String metric) {
    return scores.containsKey(item) && scores.get(item).containsKey(metric);
  }

  private static double[] values(
      Map<String, Map<String, Double>> scores, List<String> items, String metric) {
    return items.stream().mapToDouble(item -> scores.get(item).get(metric)).toArray();
  }
}
