package org.soft4j.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.soft4j.error.UserError;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.Statistics;
import org.soft4j.table.TextTable;

/** Compares runs item by item: each with the first, after their last rounds. */
public final class RunComparison {
  private static final Pattern SAMPLES = Pattern.compile("(.+)-(\\d+)shot\\.jsonl");
  private static final Pattern ROUND = Pattern.compile("round-(\\d+)");
  private static final double CONFIDENCE = 0.95;
  private static final int REPLICATES = 10_000;
  private static final double POWER = 0.8;
  private static final double POINTS = 100;

  private RunComparison() {}

  /** One benchmark at one number of shots. */
  private record Slot(String benchmark, int shots) {}

  /**
   * Compares every further run with the first.
   *
   * @param runs run folders, or round folders such as {@code runs/a/round-1}; two or more
   * @return in the order of benchmarks, shots and metrics; a UserError where two runs have no item
   *     in common
   */
  public static List<Comparison> of(List<Path> runs) {
    if (runs.size() < 2) {
      throw new UserError(
          "There is %d run to compare.".formatted(runs.size()), "Name two or more run folders.");
    }
    Map<Slot, Path> first = samples(runs.get(0));
    List<Comparison> rows = new ArrayList<>();
    for (Path second : runs.subList(1, runs.size())) {
      int before = rows.size();
      samples(second)
          .forEach(
              (slot, file) -> {
                if (first.containsKey(slot)) {
                  rows.addAll(compare(runs.get(0), first.get(slot), second, file, slot));
                }
              });
      if (rows.size() == before) {
        throw new UserError(
            "%s and %s have no benchmark item in common.".formatted(runs.get(0), second),
            "Compare runs of the same benchmarks and shots.");
      }
    }
    return rows;
  }

  /** The comparisons as a table, p-values corrected after Holm over all of its rows. */
  public static String table(List<Comparison> rows) {
    double[] corrected = Statistics.holm(rows.stream().mapToDouble(Comparison::p).toArray());
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
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
    for (int i = 0; i < rows.size(); i++) {
      Comparison c = rows.get(i);
      lines.add(
          List.of(
              c.first(),
              c.second(),
              c.benchmark(),
              c.metric(),
              String.valueOf(c.shots()),
              number("%.1f", scale(c) * c.firstMean()),
              number("%.1f", scale(c) * c.secondMean()),
              number("%+.1f", scale(c) * (c.secondMean() - c.firstMean())),
              "[%s, %s]"
                  .formatted(
                      number("%+.1f", scale(c) * c.low()), number("%+.1f", scale(c) * c.high())),
              number("%.4f", c.p()),
              number("%.4f", corrected[i]),
              number("%.1f", scale(c) * c.detectable()),
              c.exact() ? "McNemar" : "bootstrap",
              String.valueOf(c.items())));
    }
    return TextTable.of(lines, 4);
  }

  private static double scale(Comparison comparison) {
    return comparison.share() ? POINTS : 1;
  }

  private static List<Comparison> compare(
      Path firstRun, Path firstFile, Path secondRun, Path secondFile, Slot slot) {
    Map<String, ItemSample> first = byItem(firstFile);
    Map<String, ItemSample> second = byItem(secondFile);
    Set<String> metrics = new TreeSet<>();
    second.values().forEach(sample -> metrics.addAll(sample.metrics().keySet()));
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
      Path firstRun, Path secondRun, Slot slot, String metric, double[] a, double[] b) {
    Statistics.Comparison bootstrap = Statistics.pairedBootstrap(a, b, CONFIDENCE, REPLICATES, 0);
    boolean exact = rightOrWrong(a) && rightOrWrong(b);
    double p = exact ? Statistics.mcNemarExact(count(a, b), count(b, a)) : bootstrap.p();
    return new Comparison(
        name(firstRun),
        name(secondRun),
        slot.benchmark,
        slot.shots,
        metric,
        Statistics.mean(a),
        Statistics.mean(b),
        bootstrap.difference().low(),
        bootstrap.difference().high(),
        p,
        exact,
        a.length,
        Statistics.minimumDetectable(a, b, POWER, 1 - CONFIDENCE),
        MetricKinds.share(secondRun, slot.benchmark, metric));
  }

  private static int count(double[] right, double[] wrong) {
    return (int) IntStream.range(0, right.length).filter(i -> right[i] > wrong[i]).count();
  }

  private static boolean rightOrWrong(double[] values) {
    return Arrays.stream(values).allMatch(v -> v == 0 || v == 1);
  }

  private static boolean has(Map<String, ItemSample> samples, String item, String metric) {
    return samples.containsKey(item) && samples.get(item).metrics().containsKey(metric);
  }

  private static double[] values(
      Map<String, ItemSample> samples, List<String> items, String metric) {
    return items.stream().mapToDouble(item -> samples.get(item).metrics().get(metric)).toArray();
  }

  private static Map<String, ItemSample> byItem(Path file) {
    Map<String, ItemSample> byItem = new TreeMap<>();
    SampleFile.read(file).forEach(sample -> byItem.put(sample.item(), sample));
    return byItem;
  }

  private static Map<Slot, Path> samples(Path run) {
    Path folder = MetricKinds.evaluation(run) ? run : lastRound(run).resolve("eval");
    Map<Slot, Path> files =
        new TreeMap<>(
            java.util.Comparator.comparing(Slot::benchmark).thenComparingInt(Slot::shots));
    for (Path file : inside(folder)) {
      Matcher name = SAMPLES.matcher(file.getFileName().toString());
      if (name.matches()) {
        files.put(new Slot(name.group(1), Integer.parseInt(name.group(2))), file);
      }
    }
    return files;
  }

  /** The round folder itself, or the last one of a run that was measured. */
  private static Path lastRound(Path run) {
    if (Files.isDirectory(run.resolve("eval"))) {
      return run;
    }
    return inside(run).stream()
        .filter(path -> Files.isDirectory(path.resolve("eval")))
        .filter(path -> ROUND.matcher(path.getFileName().toString()).matches())
        .max(java.util.Comparator.comparingInt(RunComparison::number))
        .orElseThrow(
            () ->
                new UserError(
                    "%s holds no measured round.".formatted(run),
                    "Give the folder of a run, of one of its rounds, or of an evaluation."));
  }

  private static int number(Path round) {
    return Integer.parseInt(round.getFileName().toString().substring("round-".length()));
  }

  private static String name(Path run) {
    Path whole = run.toAbsolutePath().normalize();
    return ROUND.matcher(whole.getFileName().toString()).matches()
        ? whole.getParent().getFileName() + "/" + whole.getFileName()
        : whole.getFileName().toString();
  }

  private static String number(String form, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, form, value) : "";
  }

  private static List<Path> inside(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "There is no folder %s.".formatted(folder), "Give a run folder, such as runs/NAME.");
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
