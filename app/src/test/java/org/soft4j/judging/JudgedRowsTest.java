package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.judge.Rating;
import org.soft4j.eval.judge.SingleReport;
import org.soft4j.settings.JudgeSettings;

/** Rows of metrics.csv about what a judge said. */
class JudgedRowsTest {
  /**
   * MT-Bench: two questions of two turns, one verdict unread. FastChat's show_result takes the mean
   * of a turn over that turn's rows: two of the first, one of the second, three of both.
   */
  @Test
  void aTurnsMeanIsOverTheRatingsOfThatTurn() {
    List<Rating> ratings =
        List.of(rating("81", 1, 8), rating("81", 2, 4), rating("82", 1, 6), rating("82", 2, -1));
    JudgedBy.Scores how = new JudgedBy.Scores(Map.of());
    Task task =
        new Task(new TaskCard("mt_bench", "1", "", "", "", how.metrics(), List.of()), List.of());
    JudgedRows rows =
        new JudgedRows(0, new JudgedTask(task, how, JudgeSettings.NONE, Optional.empty()), 0);
    List<Measurement> measured = rows.single(SingleReport.of(ratings, List.of()));
    assertEquals(
        List.of(
            "judge 6.0 of 3",
            "judge_turn_1 7.0 of 2",
            "judge_turn_2 4.0 of 1",
            "judge_unread 0.25 of 4"),
        measured.stream().map(m -> m.metric() + " " + m.value() + " of " + m.items()).toList());
  }

  private static Rating rating(String id, int turn, double score) {
    return new Rating(id, "m", turn, "judge", "single-v1", "", "", score, List.of(score));
  }
}
