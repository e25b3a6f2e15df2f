package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class JudgementViewsTest {
  @Test
  void aGradeIsARow() {
    Table table =
        JudgementViews.single(
            List.of(
                new SingleJudgement("81", "m", 2, "j", "p", "Q", "[[7]]", 7, List.of(7.0)),
                new SingleJudgement("82", "m", 1, "j", "p", "Q", "?", -1, List.of(-1.0))));
    assertEquals(2, table.rowCount());
    assertEquals(List.of(7.0, -1.0), table.doubleColumn("score").asList());
    assertEquals("[[7]]", table.stringColumn("judgment").get(0));
  }

  @Test
  void aMatchIsARowWithItsWinner() {
    PairJudgement.Game first =
        new PairJudgement.Game(Winner.MODEL_1, "P", "[[A]]", List.of(Winner.MODEL_1));
    Table table =
        JudgementViews.pairs(
            List.of(new PairJudgement("81", "a", "b", 1, "j", "pair-v2", first, first)));
    assertEquals("model_1", table.stringColumn("winner").get(0));
  }

  @Test
  void anUnreadPreferenceIsMissing() {
    ModelOutput output = new ModelOutput("i", "o", "g", "");
    Table table =
        JudgementViews.preferences(
            List.of(
                new Preference(
                    output, output, OptionalDouble.of(2), OptionalDouble.empty(), "", "")));
    assertTrue(table.doubleColumn("preference").isMissing(0));
    assertEquals(2, table.doubleColumn("game_1").get(0));
  }
}
