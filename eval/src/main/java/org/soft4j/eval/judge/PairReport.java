package org.soft4j.eval.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.soft4j.eval.Statistics;

/**
 * What pairwise comparisons say, and how far position and length sway the judge.
 *
 * @param models rows in order of the models' first match
 * @param matches all
 * @param unread matches dropped since a verdict could not be read
 * @param unreadGames games whose verdict could not be read; a match has two
 * @param flipRate share of the read matches in which exchanging the places changed the verdict
 * @param firstPositionRate share of the won games that the answer shown first won; 0.5 without bias
 * @param longerRate share of the won games that the longer answer won
 */
public record PairReport(
    List<Row> models,
    int matches,
    int unread,
    int unreadGames,
    double flipRate,
    double firstPositionRate,
    double longerRate) {
  /**
   * A model over all its matches; rates from 0 to 1.
   *
   * @param model that answered
   * @param wins matches in which both games agree on it
   * @param losses matches in which both games agree on the other
   * @param ties all others that could be read
   * @param winRate wins over all
   * @param adjusted a tie counts half (FastChat's win_rate_adjusted)
   * @param standardError of the adjusted rate
   * @param atEqualLength adjusted rate with the length of answers taken out
   */
  public record Row(
      String model,
      int wins,
      int losses,
      int ties,
      double winRate,
      double adjusted,
      double standardError,
      LengthControl.Share atEqualLength) {}

  /**
   * Sums up judgements.
   *
   * @param answers that were judged, for their lengths
   */
  public static PairReport of(List<PairJudgement> judgements, List<JudgedAnswer> answers) {
    Map<List<String>, JudgedAnswer> byModel = new HashMap<>();
    answers.forEach(answer -> byModel.put(List.of(answer.model(), answer.id()), answer));
    List<Row> rows =
        judgements.stream()
            .flatMap(j -> Stream.of(j.model1(), j.model2()))
            .distinct()
            .map(model -> row(model, judgements, byModel))
            .toList();
    List<PairJudgement> read = judgements.stream().filter(PairJudgement::read).toList();
    Bias bias = Bias.of(judgements, byModel);
    return new PairReport(
        rows,
        judgements.size(),
        judgements.size() - read.size(),
        (int) judgements.stream().mapToLong(PairReport::unreadGames).sum(),
        share(read.stream().filter(PairJudgement::flipped).count(), read.size()),
        share(bias.first, bias.won),
        share(bias.longer, bias.unequal));
  }

  private static long unreadGames(PairJudgement judgement) {
    return Stream.of(judgement.game1(), judgement.game2())
        .filter(game -> game.winner() == Winner.ERROR)
        .count();
  }

  private static double share(long some, long all) {
    return all == 0 ? Double.NaN : (double) some / all;
  }

  private static Row row(
      String model, List<PairJudgement> all, Map<List<String>, JudgedAnswer> answers) {
    List<LengthControl.Outcome> outcomes =
        all.stream()
            .filter(PairJudgement::read)
            .filter(j -> j.model1().equals(model) || j.model2().equals(model))
            .map(j -> outcome(model, j, longer(j, answers)))
            .toList();
    double[] values = outcomes.stream().mapToDouble(LengthControl.Outcome::outcome).toArray();
    int wins = (int) outcomes.stream().filter(o -> o.outcome() == 1).count();
    int losses = (int) outcomes.stream().filter(o -> o.outcome() == 0).count();
    return new Row(
        model,
        wins,
        losses,
        outcomes.size() - wins - losses,
        share(wins, outcomes.size()),
        Statistics.mean(values),
        Statistics.standardError(values),
        LengthControl.of(outcomes));
  }

  private static LengthControl.Outcome outcome(String model, PairJudgement j, int longer) {
    boolean first = j.model1().equals(model);
    Winner own = first ? Winner.MODEL_1 : Winner.MODEL_2;
    double value = j.winner() == Winner.TIE ? 0.5 : j.winner() == own ? 1 : 0;
    return new LengthControl.Outcome(value, first ? longer : -longer);
  }

  /** By how many characters the first model's answer is longer. */
  private static int longer(PairJudgement j, Map<List<String>, JudgedAnswer> answers) {
    return answers.get(List.of(j.model1(), j.id())).length(j.turn())
        - answers.get(List.of(j.model2(), j.id())).length(j.turn());
  }

  /** Counts over won games: won by the first shown, and by the longer of two unequal answers. */
  private record Bias(int won, int first, int unequal, int longer) {
    static Bias of(List<PairJudgement> judgements, Map<List<String>, JudgedAnswer> answers) {
      int[] counts = new int[4];
      for (PairJudgement j : judgements) {
        int longer = PairReport.longer(j, answers);
        add(counts, j.game1().winner(), Winner.MODEL_1, longer);
        add(counts, j.game2().winner(), Winner.MODEL_2, longer);
      }
      return new Bias(counts[0], counts[1], counts[2], counts[3]);
    }

    private static void add(int[] counts, Winner winner, Winner shownFirst, int longer) {
      if (winner == Winner.MODEL_1 || winner == Winner.MODEL_2) {
        counts[0]++;
        counts[1] += winner == shownFirst ? 1 : 0;
        counts[2] += longer == 0 ? 0 : 1;
        counts[3] += longer != 0 && (winner == Winner.MODEL_1) == (longer > 0) ? 1 : 0;
      }
    }
  }
}
