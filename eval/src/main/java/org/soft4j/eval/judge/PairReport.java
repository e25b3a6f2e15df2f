package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.soft4j.eval.LengthControl;
import org.soft4j.eval.Statistics;
import org.soft4j.eval.files.Answer;
import org.soft4j.table.TextTable;

/**
 * What pairwise comparisons say, and how far position and length sway the judge.
 *
 * @param models rows in order of the models' first match
 * @param matches all
 * @param unread matches dropped since a verdict could not be read
 * @param unreadGames games whose verdict could not be read; a match has two
 * @param flipRate see {@link Bias}, as the next two
 */
public record PairReport(
    List<Row> models,
    int matches,
    int unread,
    int unreadGames,
    double flipRate,
    double firstPositionRate,
    double longerRate)
    implements Report {
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
   * Sums up matches.
   *
   * @param answers that were judged, for their lengths
   */
  public static PairReport of(List<Match> matches, List<Answer> answers) {
    Map<List<String>, Answer> byModel = new HashMap<>();
    answers.forEach(answer -> byModel.put(List.of(answer.model(), answer.id()), answer));
    ToIntFunction<Match> longer =
        m ->
            byModel.get(List.of(m.model2(), m.id())).length(m.turn())
                - byModel.get(List.of(m.model1(), m.id())).length(m.turn());
    List<Match> read = matches.stream().filter(Match::read).toList();
    List<Bias.Game> games = matches.stream().flatMap(m -> games(m, longer)).toList();
    Bias bias = Bias.of(read.stream().filter(Match::flipped).count(), read.size(), games);
    return new PairReport(
        matches.stream()
            .flatMap(m -> Stream.of(m.model1(), m.model2()))
            .distinct()
            .map(model -> row(model, read, longer))
            .toList(),
        matches.size(),
        matches.size() - read.size(),
        (int) games.stream().filter(game -> game.preference().isEmpty()).count(),
        bias.flipRate(),
        bias.firstPositionRate(),
        bias.longerRate());
  }

  private static Stream<Bias.Game> games(Match match, ToIntFunction<Match> longer) {
    int by = longer.applyAsInt(match);
    return Stream.of(
        new Bias.Game(match.game1().winner().preference(), false, by),
        new Bias.Game(match.game2().winner().preference(), true, by));
  }

  private static Row row(String model, List<Match> read, ToIntFunction<Match> longer) {
    List<LengthControl.Outcome> outcomes =
        read.stream()
            .filter(m -> m.model1().equals(model) || m.model2().equals(model))
            .map(m -> outcome(model, m, longer.applyAsInt(m)))
            .toList();
    double[] values = outcomes.stream().mapToDouble(LengthControl.Outcome::outcome).toArray();
    int wins = (int) outcomes.stream().filter(o -> o.outcome() == 1).count();
    int losses = (int) outcomes.stream().filter(o -> o.outcome() == 0).count();
    return new Row(
        model,
        wins,
        losses,
        outcomes.size() - wins - losses,
        Bias.share(wins, outcomes.size()),
        Statistics.mean(values),
        Statistics.standardError(values),
        LengthControl.of(outcomes));
  }

  private static LengthControl.Outcome outcome(String model, Match match, int secondLonger) {
    boolean second = match.model2().equals(model);
    Match.Winner own = second ? Match.Winner.MODEL_2 : Match.Winner.MODEL_1;
    double value = match.winner() == Match.Winner.TIE ? 0.5 : match.winner() == own ? 1 : 0;
    return new LengthControl.Outcome(value, second ? secondLonger : -secondLonger);
  }

  @Override
  public int counted() {
    return matches - unread;
  }

  @Override
  public String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("model", "win", "loss", "tie", "win rate", "adjusted", "at equal length"));
    for (Row row : models) {
      lines.add(
          List.of(
              row.model,
              "" + row.wins,
              "" + row.losses,
              "" + row.ties,
              Report.percent(row.winRate),
              Report.plusMinus("%.1f", 100 * row.adjusted, 100 * row.standardError),
              Report.plusMinus(row.atEqualLength.times(100))));
    }
    return TextTable.of(lines, 1)
        + Report.unread(unreadGames, 2 * matches)
        + "%s of %s matches are dropped for it.%n".formatted(unread, matches)
        + new Bias(flipRate, firstPositionRate, longerRate).text();
  }
}
