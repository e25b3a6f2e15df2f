package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.soft4j.table.TextTable;

/** Reports of judgings as text, for a terminal. What could not be read stands below every table. */
public final class ReportTables {
  private ReportTables() {}

  /** Mean scores by model. */
  public static String of(SingleReport report) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("model", "turn 1", "turn 2", "mean", "judged", "unparsed"));
    for (SingleReport.Row row : report.models()) {
      lines.add(
          List.of(
              row.model(),
              number("%.2f", row.first()),
              number("%.2f", row.second()),
              number("%.2f", row.mean()) + " ± " + number("%.2f", row.standardError()),
              "" + row.judged(),
              "" + row.unread()));
    }
    String text = TextTable.of(lines, 1) + unread(report.unread(), report.verdicts());
    if (report.outOfRange() > 0) {
      text +=
          "Verdicts outside 1 to 10, which count as they are: %d.%n".formatted(report.outOfRange());
    }
    return Double.isNaN(report.spread())
        ? text
        : text + "Standard deviation between repeats: " + number("%.2f", report.spread()) + ".\n";
  }

  /** Wins, losses and ties by model, and how the judge is swayed. */
  public static String of(PairReport report) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("model", "win", "loss", "tie", "win rate", "adjusted", "at equal length"));
    for (PairReport.Row row : report.models()) {
      lines.add(
          List.of(
              row.model(),
              "" + row.wins(),
              "" + row.losses(),
              "" + row.ties(),
              percent(row.winRate()),
              percent(row.adjusted()) + " ± " + percent(row.standardError()),
              share(row.atEqualLength(), 100)));
    }
    return TextTable.of(lines, 1)
        + unread(report.unreadGames(), 2 * report.matches())
        + "%d of %d matches are dropped for it.%n".formatted(report.unread(), report.matches())
        + bias(report.flipRate(), report.firstPositionRate(), report.longerRate());
  }

  /** Win rate against the baseline. */
  public static String of(AlpacaReport report) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "model", "win rate", "discrete", "length_controlled_minimal", "n", "average length"));
    lines.add(
        List.of(
            report.generator(),
            number("%.1f", report.winRate()) + " ± " + number("%.1f", report.standardError()),
            number("%.1f", report.discreteWinRate()),
            share(report.lengthControlledMinimal(), 1),
            "" + report.total(),
            "" + report.averageLength()));
    return TextTable.of(lines, 1)
        + "Against %s. %d of %d comparisons are dropped: a verdict could not be read.%n"
            .formatted(report.baseline(), report.unread(), report.total() + report.unread())
        + bias(report.flipRate(), report.firstPositionRate(), report.longerRate());
  }

  private static String unread(int unread, int all) {
    return "Unparsed verdicts: %d of %d (%s %%).%n"
        .formatted(unread, all, percent(all == 0 ? Double.NaN : (double) unread / all));
  }

  private static String bias(double flips, double first, double longer) {
    return "Exchanging the places changed %s %% of verdicts; the first place won %s %%, the longer"
            .formatted(percent(flips), percent(first))
        + " answer %s %% of decided games.%n".formatted(percent(longer));
  }

  private static String share(LengthControl.Share share, double scale) {
    return number("%.1f", scale * share.value())
        + " ± "
        + number("%.1f", scale * share.standardError());
  }

  private static String percent(double share) {
    return number("%.1f", 100 * share);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
