package org.soft4j.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.compare.NoiseRule;
import org.soft4j.eval.Measurement;

/** What happened, first of all: from metrics.csv, result.json and the samples of both ends. */
public final class OutcomePanel {
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
    if (files.evaluation()) {
      return "One model was measured on %s benchmarks.".formatted(files.benchmarks().size());
    }
    String reason = files.outcome();
    return reason.isEmpty()
        ? "The run is not finished."
        : Stream.concat(Stream.of(reason), files.evidence().stream())
            .map(line -> Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".")
            .collect(Collectors.joining(" "));
  }
}
