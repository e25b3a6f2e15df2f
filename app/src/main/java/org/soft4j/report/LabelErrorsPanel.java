package org.soft4j.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Line;
import org.soft4j.plot.Plot;
import org.soft4j.soft.LabelError;
import org.soft4j.soft.LabelErrors;

/** Which errors the labels of each round have, from label_errors.csv. */
public final class LabelErrorsPanel {
  private static final String TEMPLATE = "label-errors";
  private static final String HEADING = "Where labels fail";
  private static final String NOTE =
      "Shares of all labels that were written, dropped ones included. A label may have several"
          + " errors; any counts it once. A dash stands for what cannot be told of these prompts."
          + " Kinds that no label has are left out of tables of one type, and of several runs.";
  private static final String NOT_COUNTED =
      "Labels of %s were written by a version of soft4j that counted no errors.";

  private LabelErrorsPanel() {}

  /**
   * The body.
   *
   * @param notes how to read it, and what is not there
   * @param grids one for all prompts, one for each type
   * @param pictures the same over the rounds
   * @param kinds of error, with their definitions
   */
  public record Body(
      List<String> notes,
      List<Grid> grids,
      List<FiguresPanel.Picture> pictures,
      List<ReportPage.Fact> kinds) {}

  /**
   * A table.
   *
   * @param heading which prompts
   * @param names over the columns that name a row
   * @param columns over the numbers
   * @param rows below them
   */
  public record Grid(String heading, List<String> names, List<String> columns, List<Row> rows) {}

  /** A row: what it is of, and a cell for each column. */
  public record Row(List<String> names, List<String> cells) {}

  /** Of one run: a table for all prompts and one for each type, a column for each round. */
  static Optional<ReportPage.Panel> of(RunReader files) {
    Map<Integer, LabelErrors> byRound = byRound(files);
    if (files.rounds().isEmpty()) {
      return Optional.empty();
    }
    List<String> missing =
        files.rounds().stream().filter(r -> !byRound.containsKey(r)).map(files::who).toList();
    List<Grid> grids = types(byRound.values().stream()).map(t -> grid(files, byRound, t)).toList();
    return Optional.of(panel(missing, grids, FiguresPanel.pictures(plots(byRound))));
  }

  /** Of several runs: a row for each round of each. */
  static Optional<ReportPage.Panel> of(List<RunReader> runs) {
    List<RunReader> labelled = runs.stream().filter(run -> !run.rounds().isEmpty()).toList();
    if (labelled.isEmpty()) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>();
    List<LabelErrors> all = new ArrayList<>();
    for (RunReader run : labelled) {
      Map<Integer, LabelErrors> byRound = byRound(run);
      all.addAll(byRound.values());
      run.rounds().stream()
          .filter(round -> !byRound.containsKey(round))
          .forEach(round -> missing.add(run.name() + ", " + run.who(round)));
    }
    List<Grid> grids = types(all.stream()).map(type -> sideBySide(labelled, all, type)).toList();
    return Optional.of(panel(missing, grids, List.of()));
  }

  private static ReportPage.Panel panel(
      List<String> missing, List<Grid> grids, List<FiguresPanel.Picture> pictures) {
    List<String> notes = new ArrayList<>();
    if (!grids.isEmpty()) {
      notes.add(NOTE);
    }
    if (!missing.isEmpty()) {
      notes.add(NOT_COUNTED.formatted(String.join("; ", missing)));
    }
    List<ReportPage.Fact> kinds =
        Stream.of(LabelError.values())
            .filter(kind -> !grids.isEmpty())
            .map(kind -> new ReportPage.Fact(kind.label(), kind.definition()))
            .toList();
    return new ReportPage.Panel(TEMPLATE, HEADING, new Body(notes, grids, pictures, kinds));
  }

  private static Map<Integer, LabelErrors> byRound(RunReader files) {
    Map<Integer, LabelErrors> byRound = new TreeMap<>();
    for (int round : files.rounds()) {
      files.labelErrors(round).ifPresent(errors -> byRound.put(round, errors));
    }
    return byRound;
  }

  private static Stream<String> types(Stream<LabelErrors> tables) {
    return tables.flatMap(errors -> errors.types().stream()).distinct();
  }

  private static Grid grid(RunReader files, Map<Integer, LabelErrors> byRound, String type) {
    List<String> columns = byRound.keySet().stream().map(files::who).toList();
    Stream<String> kinds =
        type.equals(LabelErrors.ALL) ? LabelErrors.kinds() : occurring(byRound.values(), type);
    List<Row> rows =
        kinds
            .map(
                kind ->
                    new Row(
                        List.of(kind),
                        byRound.values().stream()
                            .map(errors -> errors.row(type, kind).map(LabelErrorsPanel::counted))
                            .map(cell -> cell.orElse(""))
                            .toList()))
            .toList();
    return new Grid(heading(type), List.of("error"), columns, rows);
  }

  /** Kinds that some label of a type has, and any. */
  private static Stream<String> occurring(Collection<LabelErrors> tables, String type) {
    return LabelErrors.kinds()
        .filter(kind -> kind.equals(LabelErrors.ANY) || occurs(tables, type, kind));
  }

  private static boolean occurs(Collection<LabelErrors> tables, String type, String kind) {
    return tables.stream()
        .flatMap(errors -> errors.row(type, kind).stream())
        .anyMatch(row -> row.errors() > 0);
  }

  private static Grid sideBySide(List<RunReader> runs, List<LabelErrors> all, String type) {
    List<String> kinds = occurring(all, type).toList();
    List<Row> rows = new ArrayList<>();
    for (RunReader run : runs) {
      byRound(run)
          .forEach(
              (round, errors) -> {
                List<String> cells = new ArrayList<>();
                cells.add(errors.row(type, LabelErrors.ANY).map(r -> "" + r.labels()).orElse(""));
                kinds.stream()
                    .map(kind -> errors.row(type, kind).map(LabelErrorsPanel::share).orElse(""))
                    .forEach(cells::add);
                rows.add(new Row(List.of(run.name(), run.who(round)), cells));
              });
    }
    List<String> columns = Stream.concat(Stream.of("labels"), kinds.stream()).toList();
    return new Grid(heading(type), List.of("run", "round"), columns, rows);
  }

  private static String heading(String type) {
    return type.equals(LabelErrors.ALL) ? "All prompts" : "Prompts of type " + type;
  }

  private static String share(LabelErrors.Row row) {
    return row.judged() == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * row.share());
  }

  private static String counted(LabelErrors.Row row) {
    return row.judged() == 0
        ? share(row)
        : "%s (%s of %s; %s learned)".formatted(share(row), row.errors(), row.judged(), row.kept());
  }

  /** A figure for each type, a line for each kind that occurs in it. */
  private static Map<String, Plot> plots(Map<Integer, LabelErrors> byRound) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    for (String type : types(byRound.values().stream()).toList()) {
      List<Line> lines =
          Stream.of(LabelError.values())
              .map(LabelError::label)
              .filter(kind -> occurs(byRound.values(), type, kind))
              .map(kind -> line(byRound, type, kind))
              .toList();
      if (!lines.isEmpty()) {
        String title = "label errors: " + heading(type).toLowerCase(Locale.ROOT);
        plots.put(title, Charts.roundsPlot(title, "share", lines, Plot.Reach.SHARE));
      }
    }
    return plots;
  }

  private static Line line(Map<Integer, LabelErrors> byRound, String type, String kind) {
    return new Line(
        kind,
        byRound.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
        byRound.values().stream()
            .mapToDouble(e -> e.row(type, kind).map(LabelErrors.Row::share).orElse(Double.NaN))
            .toArray());
  }
}
