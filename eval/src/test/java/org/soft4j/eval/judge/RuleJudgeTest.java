package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.eval.files.Answer;

class RuleJudgeTest {
  @TempDir Path folder;

  private Preference judged(RuleJudge.Rule rule, String base, String own) {
    List<Answer> baseline = List.of(Answer.of("what ?", base, "base", ""));
    List<Answer> outputs = List.of(Answer.of("what ?", own, "own", ""));
    try (CallCache cache = CallCache.open(folder.resolve("cache.jsonl"))) {
      return new Judging(new RuleJudge("rule", rule), cache)
          .run(
              new AlpacaEval(baseline, outputs, AlpacaForm.RANKING, 1),
              done -> {},
              Cancellation.NEVER)
          .judgments()
          .get(0);
    }
  }

  @Test
  void theRuleSeesPromptAndAnswersAsTheyAreAndDecidesInBothOrders() {
    // Quotes, braces and line breaks are what a judge prompt has of its own.
    String odd = "{\"a\": '''x''',\n}\n$1 \\";
    RuleJudge.Rule rule =
        (prompt, first, second) -> {
          assertEquals("what ?", prompt);
          return first.equals(odd);
        };

    assertEquals(2, judged(rule, "plain", odd).value().getAsDouble());
  }

  @Test
  void aRuleWithoutAPreferenceMakesADraw() {
    assertEquals(1.5, judged((prompt, first, second) -> true, "a", "b").value().getAsDouble());
  }

  @Test
  void aProtocolItDoesNotKnowIsLeftUnread() {
    RuleJudge judge = new RuleJudge("rule", (prompt, first, second) -> true);
    Call weighted = AlpacaForm.WEIGHTED.call("about", "what ?", "a", "b");

    judge.answer(
        List.of(weighted),
        (i, reply) ->
            assertEquals(true, new VerdictReader(VerdictRule.LAST).ranking(reply).isEmpty()),
        Cancellation.NEVER);
  }
}
