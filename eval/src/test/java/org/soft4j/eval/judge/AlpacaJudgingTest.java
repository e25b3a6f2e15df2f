package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;

class AlpacaJudgingTest {
  private static final String FIRST =
      "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}]";
  private static final String SECOND =
      "[{'model': 'model_1', 'rank': 2}, {'model': 'model_2', 'rank': 1}]";

  @TempDir Path folder;

  private static Answer output(String instruction, String text, String model) {
    return Answer.of(instruction, text, model, "");
  }

  private List<Preference> judged(
      Function<Call, String> script, List<Answer> base, List<Answer> own) {
    try (CallCache cache = CallCache.open(folder.resolve("cache.jsonl"))) {
      return new Judging(new FakeJudge(1, script), cache)
          .run(new AlpacaEval(base, own, AlpacaForm.RANKING, 1), done -> {}, Cancellation.NEVER)
          .judgments();
    }
  }

  @Test
  void theModelIsSecondAndThenFirst() {
    // This judge prefers the output "good", wherever it stands.
    Preference preference =
        judged(
                call -> call.user().indexOf("good") < call.user().indexOf("bad") ? FIRST : SECOND,
                List.of(output("i", "bad", "base")),
                List.of(output("i", "good", "own")))
            .get(0);
    assertEquals(OptionalDouble.of(2), preference.game1());
    assertEquals(OptionalDouble.of(2), preference.game2(), "turned back");
    assertEquals(OptionalDouble.of(2), preference.value());
    assertFalse(preference.flipped());
  }

  @Test
  void aJudgeThatLikesTheFirstPlaceMakesADraw() {
    List<Preference> preferences =
        judged(c -> FIRST, List.of(output("i", "a", "base")), List.of(output("i", "b", "own")));
    assertEquals(OptionalDouble.of(1.5), preferences.get(0).value());
    AlpacaReport report = AlpacaReport.of(preferences);
    assertEquals(List.of(1.0, 1.0), List.of(report.flipRate(), report.firstPositionRate()));
    assertEquals(1, report.draws());
  }

  @Test
  void equalOutputsAreADrawWithoutACall() {
    FakeJudge judge = new FakeJudge(1, call -> FIRST);
    try (CallCache cache = CallCache.open(folder.resolve("cache.jsonl"))) {
      var plan =
          new AlpacaEval(
              List.of(output("i", "same", "base")),
              List.of(output("i", "same", "own")),
              AlpacaForm.RANKING,
              1);
      assertEquals(
          OptionalDouble.of(1.5),
          new Judging(judge, cache)
              .run(plan, done -> {}, Cancellation.NEVER)
              .judgments()
              .get(0)
              .value());
      assertEquals(0, judge.asked.size());
    }
  }

  @Test
  void aVerdictThatCannotBeReadIsCountedAndNotGuessed() {
    AlpacaReport report =
        AlpacaReport.of(
            judged(
                call -> call.user().contains("\"\"\"hard\"\"\"") ? "Both are fine." : SECOND,
                List.of(output("hard", "a", "base"), output("easy", "a", "base")),
                List.of(output("easy", "b", "own"), output("hard", "b", "own"))));
    assertEquals(List.of(1, 1), List.of(report.total(), report.unread()));
    assertEquals(50, report.winRate());
  }

  @Test
  void promptsAreAlpacaEvalsWithItsTwoMessages() {
    Call call = AlpacaForm.RANKING.call("", "Say {output_1}.", "one", "two");
    assertEquals(
        "You are a helpful assistant, that ranks models by the quality of their answers.",
        call.system());
    assertTrue(call.user().startsWith("I want you to create a leaderboard"), call::user);
    assertTrue(call.user().contains("\"instruction\": \"\"\"Say {output_1}.\"\"\","), call::user);
    assertTrue(
        call.user().contains("\"model\": \"model_2\",\n        \"answer\": \"\"\"two\"\"\""),
        call::user);
    assertTrue(call.user().endsWith("that the majority of humans would give."), call::user);
    assertEquals(100, call.maxTokens());
    Call weighted = AlpacaForm.WEIGHTED.call("", "i", "one", "two");
    assertTrue(weighted.user().endsWith("## Best Model Identifier"), weighted::user);
    assertEquals(List.of("m", "M"), weighted.choices());
    assertEquals(1, weighted.maxTokens());
  }

  /** The pairs are those of AlpacaEval 0.6.6's pd.merge, see tools/golden/alpaca_rows.py. */
  @Test
  void doubledAndUnansweredRowsAreJoinedAsAlpacaEvalDoesAndCounted() {
    AlpacaEval rows =
        new AlpacaEval(
            List.of(
                output("a", "1", "base"),
                output("b", "1", "base"),
                output("b", "2", "base"),
                output("lonely", "1", "base")),
            List.of(
                output("b", "x", "own"),
                output("b", "y", "own"),
                output("a", " ", "own"),
                output("a", " ", "own"),
                output("strange", "x", "own")),
            AlpacaForm.RANKING,
            1);
    assertEquals(
        List.of("a 1 ", "b 1 x", "b 1 y", "b 2 x", "b 2 y"),
        rows.pairs().stream()
            .map(
                pair ->
                    pair.baseline().instruction()
                        + " "
                        + pair.baseline().output()
                        + " "
                        + pair.output().output().strip())
            .toList());
    assertEquals(
        Map.of(
            "doubled_instructions_of_baseline", 1,
            "doubled_instructions_of_model", 2,
            "unanswered_of_baseline", 1,
            "unknown_to_baseline", 1,
            "empty_answers", 1),
        rows.oddRows());
  }

  @Test
  void instructionsWithoutACounterpartAreRefusedWhereNoneHasOne() {
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                new AlpacaEval(
                        List.of(output("a", "x", "base")),
                        List.of(output("b", "x", "own")),
                        AlpacaForm.RANKING,
                        1)
                    .calls());
    assertTrue(error.getMessage().contains("None of the 1 instructions"), error::toString);
  }
}
