package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import org.soft4j.plot.Line;
import org.soft4j.soft.SoftResult;

class SessionResultTest {
  private static Measurement truth(int round, int shots, double value) {
    return new Measurement(round, "micro_truth", shots, "mc2", value, 0.1, 80, 0.25);
  }

  private static final SessionResult RUN =
      new SessionResult(
          new SoftResult(
              Path.of("run"),
              1,
              Optional.empty(),
              1,
              false,
              "",
              Optional.empty(),
              List.of(truth(0, 3, 0.6), truth(1, 0, 0.8), truth(0, 0, 0.3))),
          List.of("micro_truth mc2"),
          Path.of("report.html"));

  @Test
  void theLineOfAScoreIsItsZeroShotValueByRound() {
    Line line = RUN.line("soft", "micro_truth mc2");

    assertArrayEquals(new double[] {0, 1}, line.x());
    assertArrayEquals(new double[] {0.3, 0.8}, line.y());
    assertArrayEquals(new double[] {0.1, 0.1}, line.error());
  }

  @Test
  void anUnknownScoreNamesTheKnownOnes() {
    UserError error = assertThrows(UserError.class, () -> RUN.line("soft", "micro_truth mc3"));

    assertTrue(error.getMessage().contains("micro_truth mc2"), error::getMessage);
  }
}
