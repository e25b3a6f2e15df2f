package org.soft4j.study.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Csv;
import org.soft4j.core.Printable;
import org.soft4j.eval.CrossedComparison;
import org.soft4j.study.grid.FinishedCell;
import org.soft4j.study.grid.StudyCondition;
import org.soft4j.study.grid.StudyDesign;

/** What a study found, as files for other programs: CSV, and a table for LaTeX. */
record StudyTables(
    StudyDesign design, Map<StudyCondition, List<FinishedCell>> cells, List<Finding> findings) {

  /** Every measurement of every cell, in long form; shares of one as they are. */
  String values() {
    List<List<?>> rows = new ArrayList<>();
    cells.forEach(
        (condition, of) ->
            of.forEach(
                cell ->
                    cell.measurements()
                        .forEach(
                            m ->
                                rows.add(
                                    List.of(
                                        condition.name(),
                                        cell.cell().seed(),
                                        cell.cell().rate(),
                                        m.round(),
                                        m.benchmark(),
                                        m.shots(),
                                        m.metric(),
                                        m.value())))));
    return Csv.write(
        List.of(
            "condition", "seed", "learning_rate", "round", "benchmark", "shots", "metric", "value"),
        rows);
  }

  /** Every finding with all of its numbers; values as the benchmarks have them, not in points. */
  String claims() {
    List<List<?>> rows = new ArrayList<>();
    for (Finding f : findings) {
      CrossedComparison c = f.compared();
      rows.add(
          List.of(
              f.contrast().words(),
              StudyPage.stands(f),
              f.score().benchmark(),
              f.score().metric(),
              f.score().shots(),
              f.contrast().pairs().size(),
              c.seeds(),
              c.items() > 1 ? c.items() : "",
              c.difference().value(),
              known(c.difference().low()),
              known(c.difference().high()),
              known(c.bootstrap().low()),
              known(c.bootstrap().high()),
              known(c.freedom()),
              known(c.p()),
              known(f.corrected()),
              known(f.detectable()),
              known(c.spread().seed()),
              known(c.spread().item()),
              known(c.spread().rest())));
    }
    return Csv.write(
        List.of(
            "claim",
            "stands",
            "benchmark",
            "metric",
            "shots",
            "pairs",
            "seeds",
            "items",
            "difference",
            "low",
            "high",
            "bootstrap_low",
            "bootstrap_high",
            "degrees_of_freedom",
            "p",
            "p_holm",
            "detectable",
            "spread_seeds",
            "spread_items",
            "spread_rest"),
        rows);
  }

  private static Object known(double value) {
    return Double.isFinite(value) ? value : "";
  }

  /** The claims as a table of the package booktabs. */
  String latex() {
    StringBuilder text = new StringBuilder();
    text.append("% \\usepackage{booktabs}\n");
    text.append("\\begin{tabular}{llrrrl}\n\\toprule\n");
    text.append("claim & score & difference & 95\\,\\% interval & $p$ (Holm) & stands \\\\\n");
    text.append("\\midrule\n");
    for (Finding f : findings) {
      List<String> row = StudyPage.row(f);
      text.append(
          String.join(
              " & ",
              escaped(row.get(0)),
              escaped(row.get(2)),
              number(row.get(3)),
              number(row.get(4)),
              number(row.get(5)),
              escaped(row.get(1))));
      text.append(" \\\\\n");
    }
    return text.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  private static String number(String text) {
    return text.isEmpty() ? "" : "$" + text + "$";
  }

  /** Text that LaTeX prints as it is. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    for (char c : Printable.line(text).toCharArray()) {
      safe.append(
          switch (c) {
            case '\\' -> "\\textbackslash{}";
            case '~' -> "\\textasciitilde{}";
            case '^' -> "\\textasciicircum{}";
            case '&', '%', '$', '#', '_', '{', '}' -> "\\" + c;
            case '<' -> "\\textless{}";
            case '>' -> "\\textgreater{}";
            case '−' -> "$-$";
            default -> String.valueOf(c);
          });
    }
    return safe.toString();
  }
}
