package org.soft4j.eval.judge;

import java.util.List;
import java.util.OptionalDouble;
import org.soft4j.table.Columns;
import tech.tablesaw.api.Table;

/** Judgements as tables, for notebooks; from a judging, or read back from FastChat's files. */
public final class JudgementViews {
  private JudgementViews() {}

  /** One row a grade; a verdict that could not be read has score -1. */
  public static Table single(List<SingleJudgement> judgements) {
    return Columns.of("grades", judgements)
        .text("question", SingleJudgement::id)
        .text("model", SingleJudgement::model)
        .whole("turn", SingleJudgement::turn)
        .number("score", SingleJudgement::score)
        .text("judge", SingleJudgement::judge)
        .text("prompt", SingleJudgement::prompt)
        .text("judgment", SingleJudgement::judgment)
        .table();
  }

  /** One row a match, with the winners of both games and of the match. */
  public static Table pairs(List<PairJudgement> judgements) {
    return Columns.of("matches", judgements)
        .text("question", PairJudgement::id)
        .text("model_1", PairJudgement::model1)
        .text("model_2", PairJudgement::model2)
        .whole("turn", PairJudgement::turn)
        .text("game_1", j -> j.game1().winner().text())
        .text("game_2", j -> j.game2().winner().text())
        .text("winner", j -> j.winner().text())
        .text("judge", PairJudgement::judge)
        .text("judgment_1", j -> j.game1().judgment())
        .text("judgment_2", j -> j.game2().judgment())
        .table();
  }

  /** One row a comparison; preferences that could not be read are missing. */
  public static Table preferences(List<Preference> preferences) {
    return Columns.of("preferences", preferences)
        .text("instruction", p -> p.output().instruction())
        .text("baseline", p -> p.baseline().generator())
        .text("model", p -> p.output().generator())
        .number("preference", p -> number(p.value()))
        .number("game_1", p -> number(p.game1()))
        .number("game_2", p -> number(p.game2()))
        .text("baseline_output", p -> p.baseline().output())
        .text("model_output", p -> p.output().output())
        .table();
  }

  private static double number(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }
}
