package org.soft4j.judging;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.eval.LengthControl;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.judge.AlpacaReport;
import org.soft4j.eval.judge.PairReport;
import org.soft4j.eval.judge.SingleReport;

/**
 * Turns reports of judgings into rows of metrics.csv.
 *
 * @param round of the judged model
 * @param judged the task whose answers were judged
 * @param shots in their contexts
 */
record JudgedRows(int round, JudgedTask judged, int shots) {
  private static final double HUNDRED = 100;

  /** Scores from 1 to 10. */
  List<Measurement> single(SingleReport report) {
    SingleReport.Row row = report.models().get(0);
    List<Measurement> rows = new ArrayList<>();
    rows.add(row("judge", row.mean(), row.standardError(), row.judged()));
    if (Double.isFinite(row.second())) {
      rows.add(row("judge_turn_1", row.first(), Double.NaN, row.judged() - row.judgedSecond()));
      rows.add(row("judge_turn_2", row.second(), Double.NaN, row.judgedSecond()));
    }
    rows.add(unread("judge_unread", row.unread(), row.judged() + row.unread()));
    return rows;
  }

  /** Matches against the base model. */
  List<Measurement> pair(PairReport report, String model) {
    PairReport.Row row =
        report.models().stream().filter(r -> r.model().equals(model)).findFirst().orElseThrow();
    int read = report.matches() - report.unread();
    LengthControl.Share equal = row.atEqualLength();
    List<Measurement> rows = new ArrayList<>();
    rows.add(row("win_vs_base", row.adjusted(), row.standardError(), read));
    rows.add(row("win_vs_base_equal_length", equal.value(), equal.standardError(), read));
    rows.addAll(bias(report.flipRate(), report.firstPositionRate(), report.longerRate(), read));
    rows.add(unread("match_unread", report.unread(), report.matches()));
    return rows;
  }

  /** Preferences against fixed outputs. */
  List<Measurement> alpaca(AlpacaReport report) {
    int read = report.total();
    LengthControl.Share equal = report.lengthControlledMinimal().times(1 / HUNDRED);
    List<Measurement> rows = new ArrayList<>();
    rows.add(row("win_rate", report.winRate() / HUNDRED, report.standardError() / HUNDRED, read));
    rows.add(row("win_rate_equal_length", equal.value(), equal.standardError(), read));
    rows.add(unread("judge_unread", report.unread(), read + report.unread()));
    rows.addAll(bias(report.flipRate(), report.firstPositionRate(), report.longerRate(), read));
    return rows;
  }

  private List<Measurement> bias(double flips, double first, double longer, int items) {
    return List.of(
        row("flip_rate", flips, Double.NaN, items),
        row("first_position_rate", first, Double.NaN, items),
        row("longer_rate", longer, Double.NaN, items));
  }

  private Measurement unread(String metric, int unread, int items) {
    return row(metric, (double) unread / items, Double.NaN, items);
  }

  private Measurement row(String metric, double value, double error, int items) {
    double chance =
        judged.how().metrics().stream()
            .filter(card -> card.name().equals(metric))
            .mapToDouble(MetricCard::chance)
            .findFirst()
            .orElseThrow();
    return new Measurement(round, judged.task().name(), shots, metric, value, error, items, chance);
  }
}
