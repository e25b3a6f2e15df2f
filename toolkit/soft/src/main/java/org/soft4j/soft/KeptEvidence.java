package org.soft4j.soft;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.soft4j.core.Csv;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.Statistics;
import org.soft4j.table.Decimals;

/**
 * By how much the kept round is better than the base and than the next best round, on the items
 * that decide, and whether that is more than noise; part of result.json.
 *
 * @param measure that decides
 * @param items over which it is a mean
 * @param from where these items come from; empty where that is not told
 * @param rounds its value after each round, the base model first
 * @param differences of the kept round from others, paired by item; empty where the measure has no
 *     values by item
 */
public record KeptEvidence(
    String measure, int items, String from, List<Value> rounds, List<Difference> differences) {
  private static final double CONFIDENCE = 0.95;
  private static final int REPLICATES = 10_000;

  /** The measure after a round; its standard error is NaN for a single item. */
  public record Value(int round, double value, double standardError) {}

  /**
   * The kept round minus another: the mean over items, with its 95 % interval by a paired bootstrap
   * over them.
   *
   * @param kept the kept round
   * @param other the other round; 0 is the base
   */
  public record Difference(int kept, int other, double value, double low, double high) {
    /** Whether the interval holds 0. */
    public boolean noise() {
      return !(low > 0 || high < 0);
    }
  }

  /** Copies the lists. */
  public KeptEvidence {
    rounds = List.copyOf(rounds);
    differences = List.copyOf(differences);
  }

  /** What the folder of a run shows; empty where nothing was measured that decides. */
  static Optional<KeptEvidence> of(
      RunContext run, List<List<Measurement>> measured, KeptRound kept) {
    String measure = KeptRound.name(run.settings().validation().measure());
    List<Measurement> rows =
        measured.stream()
            .flatMap(round -> round.stream().filter(m -> KeptRound.name(m).equals(measure)))
            .toList();
    if (rows.isEmpty() || rows.size() < measured.size()) {
      return Optional.empty();
    }
    List<Value> values =
        rows.stream().map(m -> new Value(m.round(), m.value(), m.standardError())).toList();
    String from = run.inputs().sources().getOrDefault("validation_from", "");
    boolean pairs = rows.get(0).benchmark().equals(MeasureStage.VALIDATION);
    return Optional.of(
        new KeptEvidence(
            run.settings().validation().measure(),
            rows.get(0).items(),
            pairs ? from : "",
            values,
            others(values, kept.keptRound()).stream()
                .flatMap(
                    other ->
                        difference(run.folder().root(), rows.get(0), kept.keptRound(), other)
                            .stream())
                .toList()));
  }

  /** The base, and the best of the other rounds. */
  private static List<Integer> others(List<Value> values, int kept) {
    Optional<Integer> next =
        values.stream()
            .filter(v -> v.round() != kept && !Double.isNaN(v.value()))
            .max(Comparator.comparingDouble(Value::value))
            .map(Value::round);
    return Stream.concat(Stream.of(0).filter(base -> base != kept), next.stream())
        .distinct()
        .toList();
  }

  private static Optional<Difference> difference(Path run, Measurement of, int kept, int other) {
    Map<String, Double> mine = items(run, of, kept);
    Map<String, Double> theirs = items(run, of, other);
    List<String> both = mine.keySet().stream().filter(theirs::containsKey).toList();
    if (both.isEmpty()) {
      return Optional.empty();
    }
    Statistics.Interval difference =
        Statistics.pairedBootstrap(
                both.stream().mapToDouble(theirs::get).toArray(),
                both.stream().mapToDouble(mine::get).toArray(),
                CONFIDENCE,
                REPLICATES,
                0)
            .difference();
    return Optional.of(
        new Difference(kept, other, difference.value(), difference.low(), difference.high()));
  }

  /** Values by item of a round, from validation.csv or from the samples of a benchmark. */
  private static Map<String, Double> items(Path run, Measurement of, int round) {
    Path folder = run.resolve("round-" + round);
    Map<String, Double> values = new LinkedHashMap<>();
    Path pairs = folder.resolve(MeasureStage.FILE);
    if (of.benchmark().equals(MeasureStage.VALIDATION) && Files.exists(pairs)) {
      String column = MeasureStage.PER_TOKEN;
      Csv.read(pairs)
          .with(List.of("id", column))
          .rows()
          .forEach(row -> values.put(row.text("id"), row.number(column)));
      return values;
    }
    Path samples = folder.resolve("eval").resolve(SampleFile.name(of.benchmark(), of.shots()));
    if (Files.exists(samples)) {
      SampleFile.read(samples).stream()
          .filter(sample -> sample.metrics().containsKey(of.metric()))
          .forEach(sample -> values.put(sample.item(), sample.metrics().get(of.metric())));
    }
    return values;
  }

  /** The numbers in sentences, for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s over %s items%s: %s"
            .formatted(
                measure,
                items,
                from.isEmpty() ? "" : " (%s)".formatted(from),
                rounds.stream()
                    .map(v -> "%s %s".formatted(named(v.round()), number("%.3f", v.value())))
                    .collect(Collectors.joining(", "))));
    if (!differences.isEmpty()) {
      lines.add(
          IntStream.range(0, differences.size())
              .mapToObj(i -> sentence(differences.get(i)))
              .collect(
                  Collectors.joining(", ", named(differences.get(0).kept()) + " against ", "")));
    }
    warning().ifPresent(lines::add);
    return lines;
  }

  /** Whether the choice may be chance, in a sentence. */
  public Optional<String> warning() {
    List<String> noise =
        differences.stream().filter(Difference::noise).map(d -> named(d.other())).toList();
    return noise.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "warning: the difference from %s is noise: its 95 %% interval holds 0; more items tell"
                    .formatted(String.join(" and from ", noise))
                + " more (--validation FILE, or --validation-share of the pool)");
  }

  private static String sentence(Difference d) {
    return "%s: %s (95 %% interval %s to %s)"
        .formatted(
            named(d.other()),
            number("%+.3f", d.value()),
            number("%+.3f", d.low()),
            number("%+.3f", d.high()));
  }

  private static String named(int round) {
    return round == 0 ? "base" : "round " + round;
  }

  private static String number(String form, double value) {
    String text = Decimals.text(form, value);
    return text.isEmpty() ? "none" : text;
  }
}
