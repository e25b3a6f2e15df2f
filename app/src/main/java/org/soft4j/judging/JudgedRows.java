package org.soft4j.judging;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.judge.AlpacaReport;
import org.soft4j.eval.judge.LengthControl;
import org.soft4j.eval.judge.PairReport;
import org.soft4j.eval.judge.SingleReport;

/**
 * Turns reports of judgings into rows of metrics.csv.
 *
 * @param round of the judged model
 * @param task whose answers were judged
 * @param shots in their contexts
 */
record JudgedRows(int round, String task, int shots) {
  private static final double HUNDRED = 100;
  private static final double EVEN = 0.5;

  /** Scores from 1 to 10. */
  List<Measurement> single(SingleReport report) {
    SingleReport.Row row = report.models().get(0);
    List<Measurement> rows = new ArrayList<>();
    rows.add(row("judge", row.mean(), row.standardError(), row.judged(), Double.NaN));
    if (Double.isFinite(row.second())) {
      rows.add(plain("judge_turn_1", row.first(), row.judged(), Double.NaN));
      rows.add(plain("judge_turn_2", row.second(), row.judged(), Double.NaN));
    }
    int all = row.judged() + row.unread();
    rows.add(plain("judge_unread", (double) row.unread() / all, all, Double.NaN));
    return rows;
  }

  /** Matches against the base model. */
  List<Measurement> pair(PairReport report, String model) {
    PairReport.Row row =
        report.models().stream().filter(r -> r.model().equals(model)).findFirst().orElseThrow();
    int read = report.matches() - report.unread();
    List<Measurement> rows = new ArrayList<>();
    rows.add(row("win_vs_base", row.adjusted(), row.standardError(), read, EVEN));
    rows.add(share("win_vs_base_equal_length", row.atEqualLength(), 1, read));
    rows.addAll(bias(report.flipRate(), report.firstPositionRate(), report.longerRate(), read));
    rows.add(
        plain(
            "match_unread",
            (double) report.unread() / report.matches(),
            report.matches(),
            Double.NaN));
    return rows;
  }

  /** Preferences against fixed outputs. */
  List<Measurement> alpaca(AlpacaReport report) {
    int read = report.total();
    int all = read + report.unread();
    List<Measurement> rows = new ArrayList<>();
    rows.add(
        row("win_rate", report.winRate() / HUNDRED, report.standardError() / HUNDRED, read, EVEN));
    rows.add(share("win_rate_equal_length", report.lengthControlledMinimal(), 1 / HUNDRED, read));
    rows.add(plain("judge_unread", (double) report.unread() / all, all, Double.NaN));
    rows.addAll(bias(report.flipRate(), report.firstPositionRate(), report.longerRate(), read));
    return rows;
  }

  private List<Measurement> bias(double flips, double first, double longer, int items) {
    return List.of(
        plain("flip_rate", flips, items, Double.NaN),
        plain("first_position_rate", first, items, EVEN),
        plain("longer_rate", longer, items, EVEN));
  }

  private Measurement share(String metric, LengthControl.Share share, double scale, int items) {
    return row(metric, scale * share.value(), scale * share.standardError(), items, EVEN);
  }

  private Measurement plain(String metric, double value, int items, double chance) {
    return row(metric, value, Double.NaN, items, chance);
  }

  private Measurement row(String metric, double value, double error, int items, double chance) {
    return new Measurement(round, task, shots, metric, value, error, items, chance);
  }
}
