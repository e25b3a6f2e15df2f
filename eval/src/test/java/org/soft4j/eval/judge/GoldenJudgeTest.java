package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.soft4j.eval.LengthControl;
import org.soft4j.eval.files.Answer;

/** Against what Python's re, ast, pandas and scipy make of the same: tools/golden/judge.py. */
class GoldenJudgeTest {
  private static JsonNode golden(String name) throws IOException {
    try (InputStream in = GoldenJudgeTest.class.getResourceAsStream("golden.json")) {
      JsonNode cases = new ObjectMapper().readTree(in).path(name);
      assertTrue(cases.size() > 0, name);
      return cases;
    }
  }

  @Test
  void ratingsAreReadAsFastChatReadsThem() throws IOException {
    for (JsonNode row : golden("ratings")) {
      String text = row.get(0).asText();
      // Where FastChat's reading of the digits ends in a SyntaxError, ours is unread.
      double expected = row.get(1).isNumber() ? row.get(1).asDouble() : -1;
      assertEquals(expected, OriginalVerdictParser.rating(text).value().orElse(-1), text);
    }
  }

  @Test
  void winnersAreReadAsFastChatReadsThem() throws IOException {
    Map<String, Match.Winner> names =
        Map.of(
            "A", Match.Winner.MODEL_2,
            "B", Match.Winner.MODEL_1,
            "tie", Match.Winner.TIE,
            "error", Match.Winner.ERROR);
    for (JsonNode row : golden("winners")) {
      String text = row.get(0).asText();
      // As in game 2, where the second model's answer is shown as A.
      VerdictReader verdicts = new VerdictReader(VerdictRule.FASTCHAT);
      Match.Winner winner = Match.Winner.of(Preference.swapped(verdicts.place(reply(text))));
      assertEquals(names.get(row.get(1).asText()), winner, text);
    }
  }

  @Test
  void rankingsAreReadAsAlpacaEvalReadsThem() throws IOException {
    for (JsonNode row : golden("rankings")) {
      String text = row.get(0).asText();
      VerdictReader verdicts = new VerdictReader(VerdictRule.ALPACA_EVAL);
      assertEquals(optional(row.get(1)), verdicts.ranking(reply(text)), text);
    }
  }

  @Test
  void tokenProbabilitiesAreWeighedAsAlpacaEvalWeighsThem() throws IOException {
    for (JsonNode row : golden("weighted")) {
      Map<String, Double> told = new HashMap<>();
      row.get(0).properties().forEach(e -> told.put(e.getKey(), e.getValue().asDouble()));
      OptionalDouble value =
          new VerdictReader(VerdictRule.LAST).weighted(new Reply("", told, 0, 0, Set.of()));
      assertEquals(row.get(1).isNull(), value.isEmpty(), row::toString);
      if (value.isPresent()) {
        assertEquals(row.get(1).asDouble(), value.getAsDouble(), 1e-12, row::toString);
      }
    }
  }

  private static Reply reply(String text) {
    return new Reply(text, Map.of(), 0, 0, Set.of());
  }

  private static OptionalDouble optional(JsonNode value) {
    return value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
  }

  @Test
  void winRatesArePandas() throws IOException {
    for (JsonNode row : golden("alpaca")) {
      List<Preference> preferences = new ArrayList<>();
      for (JsonNode value : row.path("preferences")) {
        OptionalDouble game = OptionalDouble.of(value.asDouble());
        Answer base = Answer.of("i", "a", "base", "");
        Answer own = Answer.of("i", "b" + preferences.size(), "own", "");
        preferences.add(new Preference(base, own, game, game, "", ""));
      }
      AlpacaReport report = AlpacaReport.of(preferences);
      assertEquals(row.path("win_rate").asDouble(), report.winRate(), 1e-9);
      assertEquals(row.path("standard_error").asDouble(), report.standardError(), 1e-9);
      assertEquals(row.path("discrete_win_rate").asDouble(), report.discreteWinRate(), 1e-9);
      assertEquals(row.path("n_wins").asInt(), report.wins());
      assertEquals(row.path("n_wins_base").asInt(), report.baselineWins());
      assertEquals(row.path("n_draws").asInt(), report.draws());
    }
  }

  @Test
  void lengthControlAgreesWithAGeneralOptimizer() throws IOException {
    for (JsonNode row : golden("length")) {
      LengthControl.Share share = LengthControl.of(outcomes(row));
      assertEquals(row.path("share").asDouble(), share.value(), 1e-6);
      assertEquals(row.path("standard_error").asDouble(), share.standardError(), 1e-6);
    }
  }

  private static List<LengthControl.Outcome> outcomes(JsonNode row) {
    List<LengthControl.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < row.path("wins").size(); i++) {
      outcomes.add(
          new LengthControl.Outcome(
              row.path("wins").get(i).asDouble(), row.path("longer").get(i).asInt()));
    }
    return outcomes;
  }

  @Test
  void withoutABiasForLengthTheMeanStands() {
    // Every length occurs once with a win and once with a loss or, in a fresh share, with a win.
    Random random = new Random();
    List<LengthControl.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int longer = random.nextInt(-500, 500);
      for (double outcome : new double[] {1, 1, 0}) {
        outcomes.add(new LengthControl.Outcome(outcome, longer));
      }
    }
    assertEquals(2 / 3.0, LengthControl.of(outcomes).value(), 1e-9);
  }

  @Test
  void whereLengthDecidesEverythingNothingIsLeftToTell() {
    List<LengthControl.Outcome> outcomes =
        List.of(
            new LengthControl.Outcome(1, 50),
            new LengthControl.Outcome(1, 40),
            new LengthControl.Outcome(0, 10),
            new LengthControl.Outcome(0, -5));
    assertTrue(Double.isNaN(LengthControl.of(outcomes).value()));
  }

  @Test
  void equalLengthsLeaveThePlainMean() {
    List<LengthControl.Outcome> outcomes =
        List.of(new LengthControl.Outcome(1, 0), new LengthControl.Outcome(0.5, 0));
    assertEquals(0.75, LengthControl.of(outcomes).value());
  }
}
