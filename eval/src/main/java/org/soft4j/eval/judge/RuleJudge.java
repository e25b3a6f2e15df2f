package org.soft4j.eval.judge;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Sink;

/**
 * A judge that is a rule written in Java, for AlpacaEval's ranking: where a program knows which
 * answer is better, or to see what a judge with a known leaning does to the figures.
 *
 * @param name for tables; the same name must mean the same rule
 * @param rule decides between two answers
 */
public record RuleJudge(String name, Rule rule) implements Judge {
  /** Decides between two answers. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Whether the first answer shown is better. A rule without a preference says the same in both
     * orders, which counts as a draw.
     */
    boolean prefersFirst(String prompt, String first, String second);
  }

  private static final String RANKS =
      "[{'model': 'model_1', 'rank': %s}, {'model': 'model_2', 'rank': %s}]";
  private static final String NO_RANKING = "This judge knows AlpacaEval's ranking only.";

  @Override
  public String identity() {
    return "rule " + name;
  }

  @Override
  public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
    for (int i = 0; i < calls.size(); i++) {
      cancel.check();
      sink.accept(i, new Reply(reply(calls.get(i)), Map.of(), 0, 0, Set.of()));
    }
  }

  private String reply(Call call) {
    return AlpacaForm.RANKING
        .shown(call)
        .map(
            shown ->
                rule.prefersFirst(shown.get(0), shown.get(1), shown.get(2))
                    ? RANKS.formatted(1, 2)
                    : RANKS.formatted(2, 1))
        .orElse(NO_RANKING);
  }
}
