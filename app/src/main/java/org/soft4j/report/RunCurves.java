package org.soft4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.eval.Measurement;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Line;
import org.soft4j.plot.Plot;

/** The scores of several runs over their rounds, a line per run in one figure per score. */
final class RunCurves {
  private RunCurves() {}

  static Optional<ReportPage.Panel> panel(List<RunReader> runs) {
    Set<List<String>> scores = new LinkedHashSet<>();
    for (RunReader run : runs) {
      Kinds.headline(run.measurements(), run.headline())
          .forEach(m -> scores.add(List.of(m.benchmark(), m.metric())));
    }
    Map<String, Plot> plots = new LinkedHashMap<>();
    for (List<String> score : scores) {
      List<Line> lines = new ArrayList<>();
      runs.forEach(run -> line(run, score).ifPresent(lines::add));
      // A single point a run says no more than the table.
      if (lines.size() > 1 && lines.stream().anyMatch(line -> line.x().length > 1)) {
        boolean points =
            runs.stream().allMatch(run -> run.scale().of(score.get(0), score.get(1)) != 1);
        String name = String.join(" ", score);
        plots.put(
            name,
            Charts.roundsPlot(
                name,
                points ? score.get(1) + ", points of a hundred" : score.get(1),
                lines,
                points ? Plot.Reach.POINTS : Plot.Reach.VALUES));
      }
    }
    return plots.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportPage.Panel(
                "figures",
                "Over the rounds",
                new FiguresPanel.Body(
                    "Each at its fewest demonstrations. Round 0 is the base model; what was"
                        + " evaluated alone is one point there. Bars are one standard error.",
                    FiguresPanel.pictures(plots))));
  }

  private static Optional<Line> line(RunReader run, List<String> score) {
    List<Measurement> rows =
        run.measurements().stream()
            .filter(m -> m.benchmark().equals(score.get(0)) && m.metric().equals(score.get(1)))
            .toList();
    OptionalInt fewest = rows.stream().mapToInt(Measurement::shots).min();
    if (fewest.isEmpty()) {
      return Optional.empty();
    }
    double factor = run.scale().of(score.get(0), score.get(1));
    Map<Integer, Measurement> byRound = new TreeMap<>();
    rows.stream()
        .filter(m -> m.shots() == fewest.getAsInt())
        .forEach(m -> byRound.put(m.round(), m));
    return Optional.of(
        new Line(
            run.name(),
            byRound.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
            byRound.values().stream().mapToDouble(m -> factor * m.value()).toArray(),
            byRound.values().stream().mapToDouble(m -> factor * m.standardError()).toArray()));
  }
}
