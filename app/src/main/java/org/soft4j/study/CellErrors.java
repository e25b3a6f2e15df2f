package org.soft4j.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.soft4j.core.Csv;
import org.soft4j.soft.LabelErrors;

/**
 * The errors of a cell's labels: a line of label_errors.jsonl, beside the cell's own in
 * cells.jsonl.
 *
 * @param key of the cell
 * @param rounds in order
 */
record CellErrors(Cell.Key key, List<Round> rounds) {
  private static final List<String> COLUMNS =
      List.of(
          "world",
          "condition",
          "seed",
          "round",
          "type",
          "kind",
          "labels",
          "judged",
          "errors",
          "kept");

  CellErrors {
    rounds = List.copyOf(rounds);
  }

  /** The table of one round. */
  record Round(int round, LabelErrors table) {}

  /** A finished cell with the errors of its labels; none of the base. */
  record Made(Cell cell, List<Round> errors) {
    Made {
      errors = List.copyOf(errors);
    }
  }

  /** Every count of every cell, in long form. */
  static String csv(List<CellErrors> cells) {
    List<List<?>> rows = new ArrayList<>();
    for (CellErrors cell : cells) {
      for (Round round : cell.rounds) {
        for (LabelErrors.Row row : round.table.rows()) {
          rows.add(
              List.of(
                  cell.key.world(),
                  cell.key.condition(),
                  cell.key.seed(),
                  round.round,
                  row.type(),
                  row.kind(),
                  row.labels(),
                  row.judged(),
                  row.errors(),
                  row.kept()));
        }
      }
    }
    return Csv.write(COLUMNS, rows);
  }

  /**
   * A table in Markdown: for each round of each condition the share of labels with each kind of
   * error, over all seeds and worlds together.
   *
   * @param without cells that an earlier version has made, which counted no errors
   */
  static String markdown(List<CellErrors> cells, long without) {
    Map<String, LabelErrors> sums = new LinkedHashMap<>();
    for (CellErrors cell : cells) {
      for (Round round : cell.rounds) {
        String label = cell.key.condition() + ", round " + round.round;
        sums.merge(label, round.table, LabelErrors::plus);
      }
    }
    List<String> kinds = LabelErrors.kinds().toList();
    StringBuilder text = new StringBuilder("\n## Where labels fail\n\n");
    text.append("Share of labels with each kind of error, dropped ones included, points of a")
        .append(" hundred; all seeds and worlds together. label_errors.csv has every count.\n");
    if (without > 0) {
      text.append("Not counted in ").append(without).append(" cells of an earlier version.\n");
    }
    text.append("\n| condition | labels | ").append(String.join(" | ", kinds)).append(" |\n|---|");
    text.append("---:|".repeat(kinds.size() + 1)).append('\n');
    sums.forEach((label, table) -> text.append(line(label, table, kinds)));
    return text.toString();
  }

  private static String line(String label, LabelErrors table, List<String> kinds) {
    String all = LabelErrors.ALL;
    int labels = table.row(all, LabelErrors.ANY).map(LabelErrors.Row::labels).orElse(0);
    Stream<String> shares =
        kinds.stream()
            .map(kind -> table.row(all, kind).map(LabelErrors.Row::share).orElse(Double.NaN))
            .map(share -> share.isNaN() ? "" : String.format(Locale.ROOT, "%.1f", 100 * share));
    return "| %s | %s | %s |\n".formatted(label, labels, String.join(" | ", shares.toList()));
  }
}
