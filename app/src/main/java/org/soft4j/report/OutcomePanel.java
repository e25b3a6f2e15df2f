package org.soft4j.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.compare.NoiseRule;
import org.soft4j.eval.Measurement;

/** What happened, first of all: from metrics.csv, result.json and the samples of both ends. */
public final class OutcomePanel {
  private static final Set<String> UNREAD = Set.of("judge_unread", "match_unread");

  private OutcomePanel() {}

  /**
   * The body.
   *
   * @param outcome which round was kept and why, in a sentence
   * @param verdict what happened, counted, in a sentence; empty where nothing was compared
   * @param findings what moved zero-shot
   * @param fewShotFindings what moved with demonstrations in the context
   * @param rule what is called noise
   */
  public record Body(
      String outcome,
      String verdict,
      List<Line> findings,
      List<Line> fewShotFindings,
      String rule) {}

  /**
   * A finding.
   *
   * @param mark an arrow, or a circle for noise
   * @param sentence what moved, by how much
   */
  public record Line(String mark, String sentence) {}

  static ReportPage.Panel of(RunReader files, Findings moved) {
    List<Measurement> headline = Kinds.headline(files.measurements(), files.headline());
    List<Finding> findings = moved.at(files.shown(), headline);
    List<Finding> zeroShot = findings.stream().filter(f -> f.base().shots() == 0).toList();
    List<Finding> fewShot = findings.stream().filter(f -> f.base().shots() > 0).toList();
    return new ReportPage.Panel(
        "verdict",
        "What happened",
        new Body(
            outcome(files),
            findings.isEmpty() ? "" : Finding.verdict(zeroShot, files.shownInWords()),
            lines(zeroShot, files.scale()),
            lines(fewShot, files.scale()),
            NoiseRule.WORDS));
  }

  private static List<Line> lines(List<Finding> findings, Scale scale) {
    return findings.stream().map(f -> new Line(f.mark(), f.sentence(scale))).toList();
  }

  private static String outcome(RunReader files) {
    Stream<String> unread = files.measurements().stream().flatMap(m -> unread(files, m).stream());
    return Stream.concat(reached(files), unread)
        .map(line -> Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".")
        .collect(Collectors.joining(" "));
  }

  private static Stream<String> reached(RunReader files) {
    if (files.evaluation()) {
      int benchmarks = files.benchmarks().size();
      return Stream.of(
          "one model was measured on %s benchmark%s"
              .formatted(benchmarks, benchmarks == 1 ? "" : "s"));
    }
    return files.outcome().isEmpty()
        ? Stream.of("the run is not finished")
        : Stream.concat(Stream.of(files.outcome()), files.evidence().stream());
  }

  /** That a score is missing, since the judge said nothing that could be read. */
  private static Optional<String> unread(RunReader files, Measurement m) {
    return UNREAD.contains(m.metric()) && m.value() == 1
        ? Optional.of(
            "warning: no verdict of the judge could be read for %s, %s-shot%s; that score is missing"
                .formatted(
                    m.benchmark(),
                    m.shots(),
                    files.evaluation() ? "" : " (" + ScoreTable.round(m.round()) + ")"))
        : Optional.empty();
  }
}
