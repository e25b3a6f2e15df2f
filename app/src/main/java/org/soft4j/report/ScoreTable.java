package org.soft4j.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.soft4j.eval.Measurement;
import org.soft4j.table.TextTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Scores by round: a row per benchmark, metric and number of demonstrations, a column per round.
 *
 * @param columns names of the rounds
 * @param rows in the order of the measurements
 */
public record ScoreTable(List<String> columns, List<Row> rows) {
  /**
   * One score over the rounds.
   *
   * @param benchmark task name
   * @param metric its metric
   * @param shots such as {@code zero-shot}
   * @param cells one per column; a round without the score has an empty one
   * @param chance what guessing gives, in points; empty where there is none
   * @param items how many items, such as {@code 80}, or {@code 112–113} where rounds differ
   */
  public record Row(
      String benchmark,
      String metric,
      String shots,
      List<Cell> cells,
      String chance,
      String items) {}

  /**
   * One score in its unit.
   *
   * @param value with one decimal, or two outside points of a hundred
   * @param error its standard error
   * @param interval its 95 % interval; empty where there is no error
   * @param mark an arrow where the score differs from the base model's; else empty
   */
  public record Cell(String value, String error, String interval, String mark) {
    static final Cell EMPTY = new Cell("", "", "", "");

    /** Value and error. */
    public String text() {
      return error.isEmpty() ? value : value + " ± " + error;
    }
  }

  /**
   * Arranges the scores that stand for a run; all scores where none of those is there.
   *
   * @param headline as {@code benchmark metric}
   */
  public static ScoreTable ofHeadline(
      List<Measurement> measurements, Collection<String> headline, Scale scale) {
    return of(Kinds.headline(measurements, Set.copyOf(headline)), scale, Findings.NONE);
  }

  /** Arranges measurements of any rounds, those of one benchmark and metric together. */
  static ScoreTable of(List<Measurement> measurements, Scale scale, Findings moved) {
    return of(measurements, scale, moved, ScoreTable::round);
  }

  /** The same, with names for the rounds, such as what was evaluated for round 0. */
  static ScoreTable of(
      List<Measurement> measurements, Scale scale, Findings moved, IntFunction<String> names) {
    TreeSet<Integer> rounds = new TreeSet<>();
    Map<List<Object>, Map<Integer, Measurement>> scores = new LinkedHashMap<>();
    for (Measurement m : Kinds.together(measurements)) {
      rounds.add(m.round());
      scores
          .computeIfAbsent(
              List.of(m.benchmark(), m.metric(), m.shots()), key -> new LinkedHashMap<>())
          .put(m.round(), m);
    }
    List<Row> rows =
        scores.values().stream()
            .map(byRound -> row(List.copyOf(rounds), byRound, scale, moved))
            .toList();
    return new ScoreTable(rounds.stream().map(names::apply).toList(), rows);
  }

  /** The table as lines of equal width, for a terminal. */
  public String text() {
    return TextTable.of(lines(), 3);
  }

  /** The same for a terminal of so many columns; a wider table is parted. */
  public String text(int columns) {
    return TextTable.within(lines(), 3, columns);
  }

  /** The table for a notebook; every cell is text. */
  public Table table() {
    List<List<String>> lines = lines();
    Table table = Table.create("scores");
    for (int column = 0; column < lines.get(0).size(); column++) {
      int at = column;
      table.addColumns(
          StringColumn.create(
              lines.get(0).get(at), lines.stream().skip(1).map(line -> line.get(at)).toList()));
    }
    return table;
  }

  private List<List<String>> lines() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("benchmark", "metric", "shots"));
    head.addAll(columns);
    head.addAll(List.of("chance", "n"));
    lines.add(head);
    for (Row row : rows) {
      List<String> line = new ArrayList<>(List.of(row.benchmark(), row.metric(), row.shots()));
      row.cells().forEach(cell -> line.add(cell.text()));
      line.addAll(List.of(row.chance(), row.items()));
      lines.add(line);
    }
    return lines;
  }

  static String shots(int shots) {
    return shots == 0 ? "zero-shot" : shots == 1 ? "one-shot" : shots + "-shot";
  }

  static String round(int round) {
    return round == 0 ? "base" : "round " + round;
  }

  private static Row row(
      List<Integer> rounds, Map<Integer, Measurement> byRound, Scale scale, Findings moved) {
    Measurement any = byRound.values().iterator().next();
    List<Cell> cells =
        rounds.stream()
            .map(
                r ->
                    byRound.containsKey(r)
                        ? cell(byRound.get(r), scale, moved.mark(byRound.get(r)))
                        : Cell.EMPTY)
            .toList();
    return new Row(
        any.benchmark(),
        any.metric(),
        shots(any.shots()),
        cells,
        scale.text(any, any.chance()),
        items(byRound.values()));
  }

  /** Rounds may differ, as those of labels do: the fewest and the most. */
  private static String items(Collection<Measurement> measurements) {
    IntSummaryStatistics items =
        measurements.stream().mapToInt(Measurement::items).summaryStatistics();
    return items.getMin() == items.getMax()
        ? String.valueOf(items.getMin())
        : items.getMin() + "–" + items.getMax();
  }

  static Cell cell(Measurement m, Scale scale, String mark) {
    boolean share = scale.of(m.benchmark(), m.metric()) != 1;
    String interval =
        Double.isFinite(m.standardError())
            ? ScoreInterval.of(m, share).text(bound -> scale.text(m, bound))
            : "";
    return new Cell(scale.text(m, m.value()), scale.text(m, m.standardError()), interval, mark);
  }
}
