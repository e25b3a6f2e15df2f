package org.soft4j.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.Call;
import org.soft4j.eval.judge.Judge;
import org.soft4j.eval.judge.Reply;
import org.soft4j.lm.Sink;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class LabJudgeTest {
  private static final Table BASE = answers("base", "one", "two");
  private static final Table TRAINED = answers("round 1", "first", "second");

  private static Table answers(String model, String... responses) {
    return Table.create(
        StringColumn.create("model", model, model),
        StringColumn.create("prompt", "a ?", "b ?"),
        StringColumn.create("response", responses));
  }

  /** Ranks whatever stands first as the better one. */
  private record FirstIsBest(boolean charges) implements Judge {
    @Override
    public String name() {
      return "first";
    }

    @Override
    public String identity() {
      return "first";
    }

    @Override
    public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
      String ranking = "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}]";
      for (int i = 0; i < calls.size(); i++) {
        sink.accept(i, new Reply(ranking, Map.of(), 0, 0, Set.of()));
      }
    }
  }

  @Test
  void aJudgeOfPlacesAloneIsFoundOutByBothOrders() {
    try (Labs labs = new Labs()) {
      Judgement judged = labs.judge(new FirstIsBest(false)).compare(BASE, TRAINED);

      // Each side wins the game in which it stands first: a draw, flipped, all to the first place.
      assertEquals(50, judged.report().winRate());
      assertEquals(2, judged.report().draws());
      assertEquals(1, judged.summary().doubleColumn("flip_rate").get(0));
      assertEquals(1, judged.summary().doubleColumn("first_position_rate").get(0));
      assertEquals(List.of(1.5, 1.5), judged.pairs().doubleColumn("preference").asList());
    }
  }

  @Test
  void theWeightedFormTakesProbabilitiesAsTheyAre() {
    // 3 to 1 for what stands first: 0.25 against the model, then 0.75 for it.
    Judge judge =
        new Judge() {
          @Override
          public String name() {
            return "weighted";
          }

          @Override
          public String identity() {
            return "weighted";
          }

          @Override
          public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
            Map<String, Double> scores = Map.of("m", Math.log(0.75), "M", Math.log(0.25));
            for (int i = 0; i < calls.size(); i++) {
              assertEquals(List.of("m", "M"), calls.get(i).choices());
              sink.accept(i, new Reply("", scores, 0, 0, Set.of()));
            }
          }
        };
    try (Labs labs = new Labs()) {
      Judgement judged = labs.judge(judge).compare(BASE, TRAINED, AlpacaForm.WEIGHTED);

      assertEquals(50, judged.report().winRate(), 1e-9);
      assertEquals(1.25, judged.preferences().get(0).game1().getAsDouble(), 1e-9);
      assertEquals(1.75, judged.preferences().get(0).game2().getAsDouble(), 1e-9);
    }
  }

  @Test
  void aJudgeThatMayChargeIsNotAskedUnlessOneAgreed() {
    try (Labs labs = new Labs()) {
      LabJudge judge = labs.judge(new FirstIsBest(true));

      UserError error = assertThrows(UserError.class, () -> judge.compare(BASE, TRAINED));

      assertTrue(error.getMessage().contains("Nothing was asked"), error::toString);
    }
  }
}
