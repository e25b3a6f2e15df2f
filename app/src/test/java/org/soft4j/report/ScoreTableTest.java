package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.eval.Measurement;

class ScoreTableTest {
  private static Measurement labels(int round, String metric, int items) {
    return new Measurement(round, "micro_labels", 3, metric, 0.875, 0.03, items, Double.NaN);
  }

  @Test
  void numbersOfItemsThatDifferFromRoundToRoundAreAllNamed() {
    ScoreTable table =
        ScoreTable.of(
            List.of(labels(1, "how", 28), labels(2, "how", 27), labels(1, "all", 113)),
            Scale.POINTS,
            Findings.NONE);
    assertEquals(
        List.of("27–28", "113"), table.rows().stream().map(ScoreTable.Row::items).toList());
  }
}
