package org.soft4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.soft4j.compare.NoiseRule;
import org.soft4j.core.Csv;
import org.soft4j.eval.Statistics;
import org.soft4j.table.Decimals;
import org.soft4j.table.TextTable;

/**
 * What a study found. Worlds are taken as given: a seed's value is its mean over the worlds, and
 * intervals are Student's, over the seeds.
 *
 * @param cells the tested ones
 * @param learningRates chosen for each family
 */
public record StudyResult(List<Cell> cells, Map<String, Double> learningRates) {
  /** The scores that the tables show, in their order. */
  static final List<String> SHOWN =
      List.of(
          "micro_truth mc1",
          "micro_truth mc2",
          "micro_hhh mean",
          "micro_answers aligned",
          "micro_labels all");

  private static final double CONFIDENCE = 0.95;
  private static final String STARS =
      "* marks what is no noise: p under 5 %, paired t-test, corrected after Holm within each"
          + " benchmark of a row and over all rows. ° marks an interval that leaves out 0 alone,"
          + " which the correction takes back.\n";

  public StudyResult {
    cells = List.copyOf(cells);
    learningRates = new TreeMap<>(learningRates);
  }

  /** A point of a condition: its name and the round, or for the base the number of shots. */
  private record Point(String condition, int at) {
    String label() {
      if (condition.equals(Condition.BASE)) {
        return "base, " + (at == 0 ? "zero-shot" : at == 1 ? "one-shot" : at + "-shot");
      }
      return condition + ", round " + at;
    }
  }

  /** The tables as text for a terminal. */
  public String text() {
    return "Mean ± half of a 95 % interval over seeds, points of a hundred, zero-shot.\n"
        + ratesLine()
        + "\n"
        + TextTable.of(scoreLines(), 1)
        + "\nDifferences, paired over seeds, last rounds.\n"
        + STARS
        + TextTable.of(differenceLines(), 1);
  }

  /** The tables as Markdown. */
  String markdown() {
    return "# Study of the micro world\n\n"
        + "Mean ± half of a 95 % interval over seeds (Student's t), points of a hundred,"
        + " zero-shot.\n"
        + worlds()
        + " worlds, "
        + seeds().size()
        + " seeds. "
        + ratesLine()
        + "\n"
        + table(scoreLines())
        + "\n## Differences, paired over seeds, last rounds\n\n"
        + STARS
        + "\n"
        + table(differenceLines());
  }

  /** Every value of every cell, in long form. */
  String csv() {
    List<List<?>> rows = new ArrayList<>();
    for (Cell cell : cells) {
      for (Cell.Scores scores : cell.rounds()) {
        scores
            .values()
            .forEach(
                (score, value) ->
                    rows.add(
                        List.of(
                            cell.world(),
                            cell.condition(),
                            cell.seed(),
                            cell.learningRate(),
                            scores.at(),
                            score,
                            value.toString())));
      }
    }
    return Csv.write(
        List.of("world", "condition", "seed", "learning_rate", "at", "score", "value"), rows);
  }

  private String ratesLine() {
    return learningRates.entrySet().stream()
            .map(e -> "%s %s".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ", "Learning rates chosen on tuning seeds: ", "."))
        + "\n";
  }

  private List<List<String>> scoreLines() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(head());
    for (Point point : points()) {
      List<String> line = new ArrayList<>(List.of(point.label()));
      SHOWN.forEach(score -> line.add(interval(values(point, score))));
      lines.add(line);
    }
    return lines;
  }

  /** Two conditions that are compared. */
  private record Pair(String second, String first) {}

  private List<List<String>> differenceLines() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(head());
    List<Pair> pairs = pairs();
    List<Optional<Statistics.Comparison>> compared =
        pairs.stream().flatMap(p -> SHOWN.stream().map(score -> compared(p, score))).toList();
    double[] corrected =
        Statistics.holm(
            compared.stream()
                .mapToDouble(c -> c.map(Statistics.Comparison::p).orElse(Double.NaN))
                .toArray(),
            pairs.stream()
                .flatMap(p -> SHOWN.stream().map(score -> List.of(p, score.split(" ")[0])))
                .toList());
    int at = 0;
    for (Pair pair : pairs) {
      List<String> line = new ArrayList<>(List.of(pair.second + " − " + pair.first));
      for (int score = 0; score < SHOWN.size(); score++) {
        double p = corrected[at];
        line.add(compared.get(at++).map(c -> shown(c.difference(), p)).orElse(""));
      }
      lines.add(line);
    }
    return lines;
  }

  private List<Pair> pairs() {
    List<Pair> pairs =
        new ArrayList<>(
            List.of(
                new Pair("soft", "single"),
                new Pair("soft+", "single"),
                new Pair("soft+", "soft")));
    for (String condition : cells.stream().map(Cell::condition).distinct().toList()) {
      if (condition.startsWith("soft+ ")) {
        pairs.add(new Pair(condition, "soft+"));
      } else if (condition.startsWith("soft ")) {
        pairs.add(new Pair(condition, "soft"));
      }
    }
    return pairs;
  }

  private Optional<Statistics.Comparison> compared(Pair pair, String score) {
    double[] a = values(last(pair.first), score);
    double[] b = values(last(pair.second), score);
    return a.length == 0 || a.length != b.length
        ? Optional.empty()
        : Optional.of(Statistics.pairedT(a, b, CONFIDENCE));
  }

  private static String shown(Statistics.Interval interval, double corrected) {
    boolean clear = interval.low() > 0 || interval.high() < 0;
    String mark = !NoiseRule.noise(corrected) ? " *" : clear ? " °" : "";
    return points("%+.1f", interval) + mark;
  }

  private static String interval(double[] values) {
    return values.length == 0 ? "" : points("%.1f", Statistics.tInterval(values, CONFIDENCE));
  }

  private static String points(String form, Statistics.Interval interval) {
    String value = Decimals.text(form, 100 * interval.value());
    double half = 50 * (interval.high() - interval.low());
    return Double.isFinite(half) ? String.format(Locale.ROOT, "%s ± %.1f", value, half) : value;
  }

  private static List<String> head() {
    List<String> head = new ArrayList<>(List.of("condition"));
    head.addAll(SHOWN);
    return head;
  }

  private Point last(String condition) {
    int at =
        cells.stream()
            .filter(c -> c.condition().equals(condition))
            .mapToInt(c -> c.last().at())
            .max()
            .orElse(0);
    return new Point(condition, at);
  }

  private List<Point> points() {
    return cells.stream()
        .flatMap(c -> c.rounds().stream().map(s -> new Point(c.condition(), s.at())))
        .distinct()
        .toList();
  }

  /** One value per seed that has all worlds, in the order of the seeds. */
  private double[] values(Point point, String score) {
    Map<Long, List<Double>> bySeed = new TreeMap<>();
    for (Cell cell : cells) {
      if (cell.condition().equals(point.condition)) {
        cell.rounds().stream()
            .filter(s -> s.at() == point.at && s.values().containsKey(score))
            .forEach(
                s ->
                    bySeed
                        .computeIfAbsent(cell.seed(), key -> new ArrayList<>())
                        .add(s.values().get(score)));
      }
    }
    long worlds = worlds();
    return bySeed.values().stream()
        .filter(list -> list.size() == worlds)
        .mapToDouble(list -> list.stream().mapToDouble(v -> v).average().orElse(Double.NaN))
        .toArray();
  }

  private long worlds() {
    return cells.stream().map(Cell::world).distinct().count();
  }

  private List<Long> seeds() {
    return cells.stream().map(Cell::seed).distinct().sorted().toList();
  }

  private static String table(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---|").append("---:|".repeat(lines.get(0).size() - 1)).append('\n');
      }
    }
    return text.toString();
  }
}
