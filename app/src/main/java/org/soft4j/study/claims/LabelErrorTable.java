package org.soft4j.study.claims;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Csv;
import org.soft4j.report.ReportPage;
import org.soft4j.report.TablePanel;
import org.soft4j.soft.LabelErrors;
import org.soft4j.study.grid.FinishedCell;
import org.soft4j.study.grid.StudyCondition;
import org.soft4j.table.Decimals;

/** Which errors the labels of each condition have, round by round, over all of its seeds. */
record LabelErrorTable(Map<StudyCondition, List<FinishedCell>> cells) {
  private static final String NOTE =
      "Share of labels with each kind of error, all seeds together, in points of a hundred; dropped"
          + " labels are among them. A label may have several errors; any counts it once. Left out"
          + " are kinds that no label has, and what cannot be told of these prompts; docs/reports.md"
          + " has the definitions, label_errors.csv every count.";

  /** Every count of every cell, in long form. */
  String csv() {
    List<List<?>> rows = new ArrayList<>();
    cells.forEach((condition, of) -> of.forEach(cell -> add(rows, condition, cell)));
    return Csv.write(
        List.of(
            "condition",
            "seed",
            "learning_rate",
            "round",
            "type",
            "kind",
            "labels",
            "judged",
            "errors",
            "kept"),
        rows);
  }

  private static void add(List<List<?>> rows, StudyCondition condition, FinishedCell cell) {
    cell.labelErrors()
        .forEach(
            (round, table) ->
                table
                    .rows()
                    .forEach(
                        row ->
                            rows.add(
                                List.of(
                                    condition.name(),
                                    cell.cell().seed(),
                                    cell.cell().rate(),
                                    round,
                                    row.type(),
                                    row.kind(),
                                    row.labels(),
                                    row.judged(),
                                    row.errors(),
                                    row.kept()))));
  }

  /** A row for each round of each condition, and one for its rounds together; empty without any. */
  Optional<ReportPage.Panel> panel() {
    Map<List<String>, LabelErrors> sums = new LinkedHashMap<>();
    cells.forEach((condition, of) -> sums.putAll(sums(condition.name(), of)));
    LabelErrors all = sums.values().stream().reduce(new LabelErrors(List.of()), LabelErrors::plus);
    if (all.rows().isEmpty()) {
      return Optional.empty();
    }
    List<String> kinds =
        LabelErrors.kinds()
            .filter(
                kind ->
                    kind.equals(LabelErrors.ANY)
                        || all.row(LabelErrors.ALL, kind).orElseThrow().errors() > 0)
            .toList();
    List<List<String>> rows = new ArrayList<>();
    for (String type : all.types()) {
      sums.forEach((names, table) -> row(names, type, table, kinds).ifPresent(rows::add));
    }
    List<String> columns = new ArrayList<>(List.of("prompts", "condition", "labels of", "labels"));
    columns.addAll(kinds);
    return Optional.of(new TablePanel(columns, 3, rows, List.of(NOTE)).under("Where labels fail"));
  }

  private static Map<List<String>, LabelErrors> sums(String condition, List<FinishedCell> of) {
    Map<List<String>, LabelErrors> sums = new LinkedHashMap<>();
    for (FinishedCell cell : of) {
      cell.labelErrors()
          .forEach(
              (round, table) ->
                  sums.merge(List.of(condition, "round " + round), table, LabelErrors::plus));
    }
    if (sums.size() > 1) {
      sums.put(
          List.of(condition, "all rounds"),
          sums.values().stream().reduce(new LabelErrors(List.of()), LabelErrors::plus));
    }
    return sums;
  }

  private static Optional<List<String>> row(
      List<String> names, String type, LabelErrors table, List<String> kinds) {
    return table
        .row(type, LabelErrors.ANY)
        .map(
            any -> {
              List<String> cells = new ArrayList<>(List.of(type));
              cells.addAll(names);
              cells.add(String.valueOf(any.labels()));
              for (String kind : kinds) {
                cells.add(
                    table
                        .row(type, kind)
                        .map(found -> Decimals.text("%.1f", 100 * found.share()))
                        .orElse(""));
              }
              return cells;
            });
  }
}
