package org.soft4j.eval.judge;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.soft4j.eval.LengthControl;
import org.soft4j.eval.Statistics;
import org.soft4j.table.TextTable;

/**
 * AlpacaEval's scores of one model against one baseline. Source: alpaca_eval, metrics/helpers.py
 * and winrate.py.
 *
 * @param generator the model
 * @param baseline the other
 * @param winRate 100 times the mean of preference - 1
 * @param standardError of the win rate, with n - 1
 * @param wins preferences above 1.5
 * @param baselineWins preferences below 1.5
 * @param draws preferences of 1.5
 * @param total comparisons that count
 * @param unread comparisons dropped since a verdict could not be read
 * @param discreteWinRate win rate of preferences rounded to a win or a loss, draws counting half
 * @param averageLength of the model's outputs in characters, rounded down
 * @param lengthControlledMinimal win rate with length taken out, 0 to 100; see {@link
 *     LengthControl}
 * @param flipRate see {@link Bias}, as the next two
 */
public record AlpacaReport(
    String generator,
    String baseline,
    double winRate,
    double standardError,
    int wins,
    int baselineWins,
    int draws,
    int total,
    int unread,
    double discreteWinRate,
    int averageLength,
    LengthControl.Share lengthControlledMinimal,
    double flipRate,
    double firstPositionRate,
    double longerRate)
    implements Report {
  private static final double HUNDRED = 100;

  /** Sums up preferences. */
  public static AlpacaReport of(List<Preference> preferences) {
    List<Preference> read = preferences.stream().filter(Preference::read).toList();
    double[] shares = read.stream().mapToDouble(p -> p.value().getAsDouble() - 1).toArray();
    int wins = (int) Arrays.stream(shares).filter(s -> s > Preference.EVEN - 1).count();
    int losses = (int) Arrays.stream(shares).filter(s -> s < Preference.EVEN - 1).count();
    int draws = shares.length - wins - losses;
    LengthControl.Share equal =
        LengthControl.of(
            read.stream()
                .map(p -> new LengthControl.Outcome(p.value().getAsDouble() - 1, longer(p)))
                .toList());
    List<Bias.Game> games =
        preferences.stream()
            .flatMap(
                p ->
                    Stream.of(
                        new Bias.Game(p.game1(), false, longer(p)),
                        new Bias.Game(p.game2(), true, longer(p))))
            .toList();
    Bias bias = Bias.of(read.stream().filter(Preference::flipped).count(), read.size(), games);
    return new AlpacaReport(
        preferences.get(0).output().model(),
        preferences.get(0).baseline().model(),
        HUNDRED * Statistics.mean(shares),
        HUNDRED * Statistics.standardError(shares),
        wins,
        losses,
        draws,
        shares.length,
        preferences.size() - read.size(),
        HUNDRED * (wins + draws / 2.0) / shares.length,
        (int) preferences.stream().mapToInt(p -> p.output().length(1)).average().orElse(0),
        equal.times(HUNDRED),
        bias.flipRate(),
        bias.firstPositionRate(),
        bias.longerRate());
  }

  private static int longer(Preference preference) {
    return preference.output().length(1) - preference.baseline().length(1);
  }

  @Override
  public int counted() {
    return total;
  }

  @Override
  public String table() {
    List<String> head =
        List.of(
            "model", "win rate", "discrete", "length_controlled_minimal", "n", "average length");
    List<String> row =
        List.of(
            generator,
            Report.plusMinus("%.1f", winRate, standardError),
            Report.number("%.1f", discreteWinRate),
            Report.plusMinus(lengthControlledMinimal),
            "" + total,
            "" + averageLength);
    return TextTable.of(List.of(head, row), 1)
        + "Against %s. %s of %s comparisons are dropped: a verdict could not be read.%n"
            .formatted(baseline, unread, total + unread)
        + new Bias(flipRate, firstPositionRate, longerRate).text();
  }
}
