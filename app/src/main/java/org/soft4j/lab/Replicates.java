package org.soft4j.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.knowm.xchart.XYChart;
import org.soft4j.compare.NoiseRule;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Statistics;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Line;
import org.soft4j.soft.LabelErrors;
import org.soft4j.soft.RunTables;
import org.soft4j.soft.SoftResult;
import org.soft4j.table.Columns;
import org.soft4j.table.Decimals;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * The same conditions run under the same seeds, to tell what a condition does from what a seed
 * does. A seed draws pool, prompts, demonstrations, samples and the order of training alike for
 * every condition, so conditions are compared in pairs, seed by seed.
 *
 * <pre>{@code
 * Replicates runs = new Replicates("runs/a", 1, 5).run("single", one).run("soft", three);
 * runs.differences("single", "soft", "micro_truth mc1", "micro_truth mc2")
 * }</pre>
 *
 * <p>Intervals are Student's, 95 %, over seeds: they speak of other seeds of the same world and
 * model, and of nothing else. Of a score measured at several numbers of demonstrations, the fewest
 * are taken. A value: {@link #run} returns another one.
 */
public final class Replicates {
  private static final double CONFIDENCE = 0.95;
  private static final String ERRORS = "label_errors";
  private static final String STEPS = "training steps";
  private static final String SO_FAR = "_so_far";

  private final String folder;
  private final List<Long> seeds;
  private final List<Trial> trials;

  /**
   * One run.
   *
   * @param condition its name
   * @param seed of everything drawn at random
   * @param scores after every round
   */
  private record Trial(String condition, long seed, List<Measurement> scores) {
    /** The score after a round; NaN where it was not measured then. */
    double at(int round, String score) {
      return scores.stream()
          .filter(m -> m.round() == round && name(m).equals(score))
          .min(Comparator.comparingInt(Measurement::shots))
          .map(Measurement::value)
          .orElse(Double.NaN);
    }

    int rounds() {
      return scores.stream().mapToInt(Measurement::round).max().orElse(0);
    }

    double last(String score) {
      return at(rounds(), score);
    }
  }

  /** A condition after one of its rounds, over all seeds. */
  private record Point(String condition, int round, double[] values) {
    Statistics.Interval interval() {
      return Statistics.tInterval(values, CONFIDENCE);
    }
  }

  /**
   * No run yet.
   *
   * @param folder of the runs: folder/condition/seed-1 and so on
   * @param firstSeed the others follow it
   * @param seeds how many; with one there is no interval
   */
  public Replicates(String folder, long firstSeed, int seeds) {
    this(folder, LongStream.range(firstSeed, firstSeed + seeds).boxed().toList(), List.of());
    if (seeds < 1) {
      throw new UserError("The number of seeds is %s.".formatted(seeds), "Use 1 or more.");
    }
  }

  private Replicates(String folder, List<Long> seeds, List<Trial> trials) {
    this.folder = folder;
    this.seeds = seeds;
    this.trials = trials;
  }

  /**
   * Runs a condition under every seed, without a word of its notes. Beside the scores of the
   * benchmarks stand those of what it learned from: {@code label_errors KIND}, {@code training
   * steps}, and {@code label_errors_so_far KIND}, {@code training steps_so_far} over all rounds up
   * to one.
   *
   * @param condition its name in tables, figures and folders
   * @param lab with its settings
   */
  public Replicates run(String condition, Lab lab) {
    String name = condition.replaceAll("[^\\w+-]", "-");
    return with(
        condition,
        seed ->
            measured(lab.seed(seed).run(folder + "/" + name + "/seed-" + seed, false).result()));
  }

  /** What a run measured, and what it learned from: in a round, and in all rounds up to it. */
  private static List<Measurement> measured(SoftResult run) {
    List<Measurement> rows = new ArrayList<>(run.measurements());
    DoubleColumn rounds = RunTables.training(run.folder()).doubleColumn("round");
    LabelErrors soFar = new LabelErrors(List.of());
    for (int round = 1; round <= run.rounds(); round++) {
      LabelErrors errors =
          LabelErrors.read(run.folder(), round).orElseGet(() -> new LabelErrors(List.of()));
      soFar = soFar.plus(errors);
      rows.addAll(errors.measurements(ERRORS, round));
      rows.addAll(soFar.measurements(ERRORS + SO_FAR, round));
      rows.add(steps("steps", round, rounds.isEqualTo(round).size()));
      rows.add(steps("steps" + SO_FAR, round, rounds.isLessThanOrEqualTo(round).size()));
    }
    return rows;
  }

  private static Measurement steps(String metric, int round, int steps) {
    return new Measurement(round, "training", 0, metric, steps, Double.NaN, 1, Double.NaN);
  }

  /** A condition from what it scored under each seed. */
  Replicates with(String condition, LongFunction<List<Measurement>> scores) {
    List<Trial> more = new ArrayList<>(trials);
    seeds.forEach(seed -> more.add(new Trial(condition, seed, scores.apply(seed))));
    return new Replicates(folder, seeds, List.copyOf(more));
  }

  /** condition, round, mean, low, high, seeds: a score over the seeds, as shares of 1. */
  public Table scores(String score) {
    return Columns.of(score, points(score))
        .text("condition", Point::condition)
        .whole("round", Point::round)
        .number("mean", point -> point.interval().value())
        .number("low", point -> point.interval().low())
        .number("high", point -> point.interval().high())
        .whole("seeds", point -> point.values().length)
        .table();
  }

  /** {@link #labelErrors(String)} of all prompts. */
  public Table labelErrors() {
    return labelErrors(LabelErrors.ALL);
  }

  /**
   * What each round learned from: condition, round, steps of the optimizer, and for each kind of
   * label error ({@link LabelErrors}) the share of labels that have it, dropped ones included.
   * Means over the seeds, shares in points of a hundred, ± half of the 95 % interval; empty where
   * an error cannot be told.
   *
   * @param type of the prompts; {@code all} for all
   */
  public Table labelErrors(String type) {
    String prefix = type.equals(LabelErrors.ALL) ? "" : type + " ";
    String score = ERRORS + " " + prefix;
    List<Point> rounds = points(score + LabelErrors.ANY);
    Columns<Point> table =
        Columns.of("label errors, " + type + " prompts, % of labels", rounds)
            .text("condition", Point::condition)
            .whole("round", Point::round)
            .text("steps", at -> shown("%.0f", at(at.condition(), at.round(), STEPS), 1));
    for (String kind : LabelErrors.kinds().toList()) {
      table.text(kind, at -> shown("%.1f", at(at.condition(), at.round(), score + kind), 100));
    }
    return table.table();
  }

  private static String shown(String form, Point point, double unit) {
    Statistics.Interval interval = point.interval();
    String mean = Decimals.text(form, unit * interval.value());
    double half = unit * (interval.high() - interval.low()) / 2;
    return half > 0 ? mean + " ± " + Decimals.text(form, half) : mean;
  }

  /**
   * The second condition minus the first after their last rounds, paired by seed: score, first,
   * second (means, as shares of 1), difference with its interval (low, high), p of the paired
   * t-test, p_holm (corrected over these rows as {@link NoiseRule} says), and shown: {@code higher}
   * or {@code lower} where p_holm is below 0.05, else {@code no}.
   */
  public Table differences(String first, String second, String... scores) {
    List<Statistics.Comparison> compared =
        Arrays.stream(scores)
            .map(s -> Statistics.pairedT(last(first, s), last(second, s), CONFIDENCE))
            .toList();
    double[] holm =
        Statistics.holm(
            compared.stream().mapToDouble(Statistics.Comparison::p).toArray(),
            Arrays.stream(scores).map(s -> s.split(" ", 2)[0]).toList());
    List<Integer> rows = IntStream.range(0, scores.length).boxed().toList();
    return Columns.of(second + " minus " + first, rows)
        .text("score", row -> scores[row])
        .number("first", row -> Statistics.mean(last(first, scores[row])))
        .number("second", row -> Statistics.mean(last(second, scores[row])))
        .number("difference", row -> compared.get(row).difference().value())
        .number("low", row -> compared.get(row).difference().low())
        .number("high", row -> compared.get(row).difference().high())
        .number("p", row -> compared.get(row).p())
        .number("p_holm", row -> holm[row])
        .text("shown", row -> shown(compared.get(row), holm[row]))
        .table();
  }

  private static String shown(Statistics.Comparison compared, double p) {
    if (NoiseRule.noise(p)) {
      return "no";
    }
    return compared.difference().value() > 0 ? "higher" : "lower";
  }

  /**
   * A score over the share of prompts learned so far, a line per condition through its means over
   * the seeds; error bars are 95 % intervals.
   */
  public XYChart chart(String score) {
    return Charts.overPrompts(
        score,
        "mean over seeds",
        conditions().stream().map(condition -> line(condition, score)).toList());
  }

  private Line line(String condition, String score) {
    List<Point> points =
        points(score).stream().filter(point -> point.condition().equals(condition)).toList();
    double whole = Math.max(1, rounds(condition));
    return new Line(
        condition,
        points.stream().mapToDouble(point -> 100 * point.round() / whole).toArray(),
        points.stream().mapToDouble(point -> point.interval().value()).toArray(),
        points.stream()
            .map(Point::interval)
            .mapToDouble(interval -> (interval.high() - interval.low()) / 2)
            .toArray());
  }

  /** A score after the last round, seed by seed: a line per condition. */
  public XYChart seedChart(String score) {
    double[] below = seeds.stream().mapToDouble(seed -> seed).toArray();
    return Charts.overSeeds(
        score,
        "after the last round",
        conditions().stream().map(name -> new Line(name, below, last(name, score))).toList());
  }

  private List<Point> points(String score) {
    List<Point> points = new ArrayList<>();
    for (String condition : conditions()) {
      for (int round = 0; round <= rounds(condition); round++) {
        Point point = at(condition, round, score);
        if (point.values().length > 0) {
          points.add(point);
        }
      }
    }
    if (points.isEmpty()) {
      throw unknown(score);
    }
    return points;
  }

  private Point at(String condition, int round, String score) {
    return new Point(
        condition,
        round,
        of(condition).stream()
            .mapToDouble(trial -> trial.at(round, score))
            .filter(Double::isFinite)
            .toArray());
  }

  private double[] last(String condition, String score) {
    double[] values = of(condition).stream().mapToDouble(trial -> trial.last(score)).toArray();
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw unknown(score);
    }
    return values;
  }

  private List<Trial> of(String condition) {
    List<Trial> found = trials.stream().filter(t -> t.condition().equals(condition)).toList();
    if (found.isEmpty()) {
      throw new UserError(
          "No condition \"%s\" was run.%s"
              .formatted(condition, DidYouMean.hint(condition, conditions())),
          "Run it: runs.run(\"%s\", lab).".formatted(condition));
    }
    return found;
  }

  private int rounds(String condition) {
    return of(condition).stream().mapToInt(Trial::rounds).max().orElse(0);
  }

  private List<String> conditions() {
    return trials.stream().map(Trial::condition).distinct().toList();
  }

  private UserError unknown(String score) {
    TreeSet<String> known = new TreeSet<>();
    trials.forEach(trial -> trial.scores().forEach(m -> known.add(name(m))));
    return new UserError(
        "There is no score \"%s\".%s".formatted(score, DidYouMean.hint(score, known)),
        "Choose among: %s.".formatted(String.join(", ", known)));
  }

  private static String name(Measurement m) {
    return m.benchmark() + " " + m.metric();
  }

  @Override
  public String toString() {
    return "%s runs: %s; seeds %s"
        .formatted(
            trials.size(),
            String.join(", ", conditions()),
            String.join(", ", seeds.stream().map(String::valueOf).toList()));
  }
}
