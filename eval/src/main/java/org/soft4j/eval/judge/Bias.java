package org.soft4j.eval.judge;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far position and length sway a judge.
 *
 * @param flipRate share of the pairs in which the swap of positions changed the verdict
 * @param firstPositionRate share of the won games that the answer shown first won; 0.5 without bias
 * @param longerRate share of the won games between unequal answers that the longer one won
 */
record Bias(double flipRate, double firstPositionRate, double longerRate) {
  /**
   * One game.
   *
   * @param preference below 1.5 for the first model, above for the second
   * @param swapped whether the second model's answer was shown first
   * @param longer by how many characters the second model's answer is longer
   */
  record Game(OptionalDouble preference, boolean swapped, int longer) {
    boolean won() {
      return preference.orElse(Preference.EVEN) != Preference.EVEN;
    }

    boolean secondWins() {
      return preference.getAsDouble() > Preference.EVEN;
    }
  }

  static Bias of(long flipped, long pairs, List<Game> games) {
    List<Game> won = games.stream().filter(Game::won).toList();
    List<Game> unequal = won.stream().filter(game -> game.longer != 0).toList();
    return new Bias(
        share(flipped, pairs),
        share(won.stream().filter(g -> g.secondWins() == g.swapped).count(), won.size()),
        share(
            unequal.stream().filter(g -> g.secondWins() == g.longer > 0).count(), unequal.size()));
  }

  String text() {
    return "Exchanging the places changed %s %% of verdicts; the first place won %s %%, the longer"
            .formatted(Report.percent(flipRate), Report.percent(firstPositionRate))
        + " answer %s %% of decided games.%n".formatted(Report.percent(longerRate));
  }

  /** NaN of nothing. */
  static double share(long some, long all) {
    return all == 0 ? Double.NaN : (double) some / all;
  }
}
