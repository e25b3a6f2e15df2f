package org.soft4j.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.soft4j.core.Csv;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.plot.Line;
import org.soft4j.plot.Plot;
import org.soft4j.run.ReportFile;
import org.soft4j.soft.LabelErrors;
import org.soft4j.table.Columns;
import org.soft4j.table.Decimals;
import tech.tablesaw.api.Table;

/**
 * A finished study, read back from the tables that it left: claims.csv, study.csv and
 * label_errors.csv. Nothing else of its folder is needed, so that a study whose runs are gone, or
 * were made elsewhere, can be read too.
 *
 * <p>Scores are shares of 1. Of a score measured at several numbers of demonstrations, the fewest
 * are taken.
 */
public final class StudyFolder {
  private static final String CLAIMS = "claims.csv";
  private static final String VALUES = "study.csv";

  private final Path folder;
  private final List<Csv.Row> claims;
  private final List<Value> values;

  /** A measurement of a cell. */
  private record Value(
      String condition, int seed, int round, String score, int shots, double value) {
    static Value of(Csv.Row row) {
      return new Value(
          row.text("condition"),
          row.whole("seed"),
          row.whole("round"),
          row.text("benchmark") + " " + row.text("metric"),
          row.whole("shots"),
          row.number("value"));
    }
  }

  /** A condition after one of its rounds, under every seed. */
  private record Point(String condition, int round, List<Double> values) {
    double at(Function<DoubleStream, OptionalDouble> of) {
      return of.apply(values.stream().mapToDouble(Double::doubleValue)).orElse(Double.NaN);
    }
  }

  private StudyFolder(Path folder, List<Csv.Row> claims, List<Value> values) {
    this.folder = folder;
    this.claims = claims;
    this.values = values;
  }

  /** Reads a study's folder. */
  public static StudyFolder open(String name) {
    Path folder = Path.of(name);
    return new StudyFolder(
        folder,
        rows(folder, CLAIMS, List.of("claim", "stands", "benchmark", "metric", "p_holm")),
        rows(folder, VALUES, List.of("condition", "seed", "round", "benchmark", "value")).stream()
            .map(Value::of)
            .toList());
  }

  private static List<Csv.Row> rows(Path folder, String file, List<String> columns) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      throw new UserError(
          "%s holds no finished study: there is no %s.".formatted(folder, file),
          "Finish it with ./soft4j study … --out %s, or with labs.study(…).run(\"%1$s\")."
              .formatted(folder));
    }
    return Csv.read(path).with(columns).rows();
  }

  /** The page of the study, which a notebook shows; there unless the tables were copied alone. */
  public ReportFile page() {
    Path html = folder.resolve("study.html");
    if (!Files.exists(html)) {
      throw new UserError(
          "%s holds the tables of a study and no page.".formatted(folder),
          "Read them with claims(), scores(…) and labelErrors().");
    }
    return new ReportFile(html);
  }

  /** The claims as a table for LaTeX, which needs the package booktabs. */
  public String latex() {
    return WholeFile.read(folder.resolve("study.tex"));
  }

  /**
   * What every score says of every claim: claim, stands (supported, contradicted, not decided at
   * this size; higher or lower for a difference that is no claim), score, difference with its 95 %
   * interval (low, high), p_holm, detectable (the smallest true difference that so many seeds and
   * items find four times in five), seeds, items. {@code docs/study.md} says how they are computed.
   */
  public Table claims() {
    return Columns.of("claims", claims)
        .text("claim", row -> row.text("claim"))
        .text("stands", row -> row.text("stands"))
        .text("score", StudyFolder::score)
        .number("difference", row -> row.number("difference"))
        .number("low", row -> row.number("low"))
        .number("high", row -> row.number("high"))
        .number("p_holm", row -> row.number("p_holm"))
        .number("detectable", row -> row.number("detectable"))
        .text("seeds", row -> row.text("seeds"))
        .text("items", row -> row.text("items"))
        .table();
  }

  private static String score(Csv.Row row) {
    return row.text("benchmark") + " " + row.text("metric");
  }

  /** The scores that the claims were tested by. */
  public List<String> scores() {
    return claims.stream().map(StudyFolder::score).distinct().toList();
  }

  /** In the order of the study. */
  public List<String> conditions() {
    return values.stream().map(Value::condition).distinct().toList();
  }

  /** A score by condition and round: mean over the seeds, the lowest and the highest seed. */
  public Table scores(String score) {
    return Columns.of(score, points(score))
        .text("condition", Point::condition)
        .whole("round", Point::round)
        .number("mean", point -> point.at(DoubleStream::average))
        .number("lowest", point -> point.at(DoubleStream::min))
        .number("highest", point -> point.at(DoubleStream::max))
        .whole("seeds", point -> point.values().size())
        .table();
  }

  /**
   * A score over the share of prompts learned so far: a line per condition through its means over
   * the seeds, the seeds faint behind it.
   */
  public XYChart chart(String score) {
    List<Point> points = points(score);
    List<Line> means = new ArrayList<>();
    List<Line> behind = new ArrayList<>();
    for (String condition : conditions()) {
      List<Point> own = points.stream().filter(p -> p.condition().equals(condition)).toList();
      int last = own.stream().mapToInt(Point::round).max().orElse(0);
      double[] x = own.stream().mapToDouble(p -> 100.0 * p.round() / Math.max(1, last)).toArray();
      means.add(new Line(condition, x, means(own)));
      int seeds = own.stream().mapToInt(p -> p.values().size()).min().orElse(0);
      for (int seed = 0; seed < seeds && seeds > 1; seed++) {
        int at = seed;
        double[] y = own.stream().mapToDouble(p -> p.values().get(at)).toArray();
        behind.add(new Line(condition, x, y));
      }
    }
    return new Plot(
            score,
            "prompts learned, % of all",
            "mean over seeds",
            means,
            Double.NaN,
            shares(points) ? Plot.Reach.SHARE : Plot.Reach.VALUES,
            false,
            behind)
        .chart();
  }

  private static boolean shares(List<Point> points) {
    return points.stream().flatMap(p -> p.values().stream()).allMatch(v -> v >= 0 && v <= 1);
  }

  private static double[] means(List<Point> points) {
    return points.stream().mapToDouble(point -> point.at(DoubleStream::average)).toArray();
  }

  /** {@link #labelErrors(String)} of all prompts. */
  public Table labelErrors() {
    return labelErrors(LabelErrors.ALL);
  }

  /**
   * Share of the labels of each condition and round that have each kind of error, all seeds
   * together, dropped labels among them, in points of a hundred; empty where an error cannot be
   * told.
   *
   * @param type of the prompts; {@code all} for all
   */
  public Table labelErrors(String type) {
    List<String> columns = List.of("condition", "round", "type", "kind", "judged", "errors");
    Map<List<String>, Map<String, int[]>> counts = new LinkedHashMap<>();
    for (Csv.Row row : rows(folder, LabelErrors.FILE, columns)) {
      if (row.text("type").equals(type)) {
        int[] sum =
            counts
                .computeIfAbsent(
                    List.of(row.text("condition"), row.text("round")), k -> new LinkedHashMap<>())
                .computeIfAbsent(row.text("kind"), k -> new int[2]);
        sum[0] += row.whole("errors");
        sum[1] += row.whole("judged");
      }
    }
    List<List<String>> rounds = List.copyOf(counts.keySet());
    Columns<List<String>> table =
        Columns.of("label errors, " + type + " prompts, % of labels", rounds)
            .text("condition", at -> at.get(0))
            .text("round", at -> at.get(1));
    LabelErrors.kinds().forEach(kind -> table.text(kind, at -> share(counts.get(at).get(kind))));
    return table.table();
  }

  private static String share(int[] sum) {
    return sum == null || sum[1] == 0 ? "" : Decimals.text("%.1f", 100.0 * sum[0] / sum[1]);
  }

  private List<Point> points(String score) {
    List<Value> all = values.stream().filter(value -> value.score().equals(score)).toList();
    if (all.isEmpty()) {
      List<String> known = values.stream().map(Value::score).distinct().sorted().toList();
      throw new UserError(
          "There is no score \"%s\".%s".formatted(score, DidYouMean.hint(score, known)),
          "Choose among: %s.".formatted(String.join(", ", known)));
    }
    int shots = all.stream().mapToInt(Value::shots).min().orElseThrow();
    Map<List<Object>, List<Double>> found = new LinkedHashMap<>();
    all.stream()
        .filter(value -> value.shots() == shots)
        .sorted(Comparator.comparingInt(Value::round))
        .forEach(
            value ->
                found
                    .computeIfAbsent(
                        List.of(value.condition(), value.round()), k -> new ArrayList<>())
                    .add(value.value()));
    return conditions().stream()
        .flatMap(
            condition ->
                found.entrySet().stream()
                    .filter(e -> e.getKey().get(0).equals(condition))
                    .map(e -> new Point(condition, (int) e.getKey().get(1), e.getValue())))
        .toList();
  }

  @Override
  public String toString() {
    Map<String, Long> verdicts =
        claims.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.text("stands"), LinkedHashMap::new, Collectors.counting()));
    return "study in %s: %s conditions, %s seeds; %s"
        .formatted(
            folder,
            conditions().size(),
            values.stream().map(Value::seed).distinct().count(),
            verdicts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", ")));
  }
}
