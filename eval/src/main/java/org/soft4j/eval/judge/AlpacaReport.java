package org.soft4j.eval.judge;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.soft4j.eval.Statistics;

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
 * @param flipRate share in which exchanging the places changed the preferred side
 * @param firstPositionRate share of decided games that went to the output shown first
 * @param longerRate share of decided games that went to the longer output
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
    double longerRate) {
  private static final double HUNDRED = 100;
  private static final double EVEN = 1.5;

  /** Sums up preferences. */
  public static AlpacaReport of(List<Preference> preferences) {
    List<Preference> read = preferences.stream().filter(Preference::read).toList();
    double[] shares = read.stream().mapToDouble(p -> p.value().getAsDouble() - 1).toArray();
    int wins = (int) Arrays.stream(shares).filter(s -> s > EVEN - 1).count();
    int losses = (int) Arrays.stream(shares).filter(s -> s < EVEN - 1).count();
    int draws = shares.length - wins - losses;
    List<LengthControl.Outcome> outcomes =
        read.stream()
            .map(p -> new LengthControl.Outcome(p.value().getAsDouble() - 1, longer(p)))
            .toList();
    Games games = Games.of(preferences);
    return new AlpacaReport(
        preferences.get(0).output().generator(),
        preferences.get(0).baseline().generator(),
        HUNDRED * Statistics.mean(shares),
        HUNDRED * Statistics.standardError(shares),
        wins,
        losses,
        draws,
        shares.length,
        preferences.size() - read.size(),
        HUNDRED * (wins + draws / 2.0) / shares.length,
        (int) preferences.stream().mapToInt(p -> p.output().length()).average().orElse(0),
        percent(LengthControl.of(outcomes)),
        share(read.stream().filter(Preference::flipped).count(), read.size()),
        share(games.first, games.decided),
        share(games.longer, games.unequal));
  }

  private static LengthControl.Share percent(LengthControl.Share share) {
    return new LengthControl.Share(HUNDRED * share.value(), HUNDRED * share.standardError());
  }

  private static double share(long some, long all) {
    return all == 0 ? Double.NaN : (double) some / all;
  }

  private static int longer(Preference preference) {
    return preference.output().length() - preference.baseline().length();
  }

  /** Counts over games in which one side is preferred. */
  private record Games(int decided, int first, int unequal, int longer) {
    static Games of(List<Preference> preferences) {
      int[] counts = new int[4];
      for (Preference p : preferences) {
        int longer = AlpacaReport.longer(p);
        add(counts, p.game1(), false, longer);
        add(counts, p.game2(), true, longer);
      }
      return new Games(counts[0], counts[1], counts[2], counts[3]);
    }

    private static void add(int[] counts, OptionalDouble game, boolean modelFirst, int longer) {
      double value = game.orElse(EVEN);
      if (value != EVEN) {
        boolean modelWins = value > EVEN;
        counts[0]++;
        counts[1] += modelWins == modelFirst ? 1 : 0;
        counts[2] += longer == 0 ? 0 : 1;
        counts[3] += longer != 0 && modelWins == longer > 0 ? 1 : 0;
      }
    }
  }
}
