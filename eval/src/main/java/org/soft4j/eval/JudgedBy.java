package org.soft4j.eval;

import java.util.List;
import java.util.Map;

/** How a judge grades a task's answers, where the task has no key of its own. */
public sealed interface JudgedBy {
  /** What a judging measures, in the order it is shown. */
  List<MetricCard> metrics();

  /**
   * A score from 1 to 10 for every answer and turn, and a comparison with another model's answers
   * in both orders (FastChat's single and pairwise protocols).
   *
   * @param references right answers by item, a text a turn; for the categories that need them
   */
  record Scores(Map<String, List<String>> references) implements JudgedBy {
    /** Copies the map. */
    public Scores {
      references = Map.copyOf(references);
    }

    @Override
    public List<MetricCard> metrics() {
      return List.of(
          new MetricCard("judge", "the judge's mean score, 1 to 10", Double.NaN, false),
          new MetricCard("judge_turn_1", "its mean over first turns", Double.NaN, false),
          new MetricCard("judge_turn_2", "its mean over second turns", Double.NaN, false),
          new MetricCard("judge_unread", "verdicts that cannot be read", Double.NaN),
          new MetricCard("win_vs_base", "wins over the base model, a tie counting half", 0.5),
          new MetricCard("win_vs_base_equal_length", "the same with length taken out", 0.5),
          new MetricCard("flip_rate", "matches whose verdict changed with the places", Double.NaN),
          new MetricCard("first_position_rate", "won games that the first place won", 0.5),
          new MetricCard("longer_rate", "won games that the longer answer won", 0.5),
          new MetricCard("match_unread", "matches with a verdict that cannot be read", Double.NaN));
    }
  }

  /**
   * A preference against fixed outputs, in both orders (AlpacaEval).
   *
   * @param baseline whose outputs they are
   * @param outputs by item
   */
  record Preference(String baseline, Map<String, String> outputs) implements JudgedBy {
    /** Copies the map. */
    public Preference {
      outputs = Map.copyOf(outputs);
    }

    @Override
    public List<MetricCard> metrics() {
      return List.of(
          new MetricCard("win_rate", "preference over " + baseline + "'s answers", 0.5),
          new MetricCard("win_rate_equal_length", "the same with length taken out", 0.5),
          new MetricCard("judge_unread", "comparisons that cannot be read", Double.NaN),
          new MetricCard("flip_rate", "comparisons whose side changed with the places", Double.NaN),
          new MetricCard("first_position_rate", "decided games that the first place won", 0.5),
          new MetricCard("longer_rate", "decided games that the longer answer won", 0.5));
    }
  }
}
