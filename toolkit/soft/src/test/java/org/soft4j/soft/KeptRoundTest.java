package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.eval.Measurement;

/** Which round is kept, and that nobody is told of a best one where nothing was measured. */
class KeptRoundTest {
  private static final double NONE = Double.NaN;
  private static final String MEASURE = "written:grade:0";

  private static KeptRound judged(boolean earlyStop, double... values) {
    List<List<Measurement>> rounds = new ArrayList<>();
    for (double value : values) {
      Measurement grade =
          new Measurement(rounds.size(), "written", 0, "grade", value, NONE, 3, NONE);
      rounds.add(List.of(grade));
    }
    return KeptRound.judge(rounds, new ValidationSettings(MEASURE, earlyStop, 2, 0, 64));
  }

  @Test
  void withoutAValueInAnyRoundTheLastIsKeptAndNoneIsCalledBest() {
    assertEquals(
        new KeptRound(2, 2, false, "the last round is kept: no round has a value of " + MEASURE),
        judged(true, NONE, NONE, NONE));
  }

  @Test
  void roundsWithoutAValueAreNamedBesideTheBest() {
    assertEquals(
        new KeptRound(
            1, 3, false, "round 1 is kept: best written:grade:0 (without a value: rounds [0, 2])"),
        judged(false, NONE, 7, NONE, 6));
  }

  @Test
  void aRoundWithoutAValueIsNeverTheBestWhereverItStands() {
    assertEquals(0, judged(false, 5, NONE, 4).keptRound());
    assertEquals(2, judged(false, NONE, NONE, 4).keptRound());
    assertEquals("round 1 is kept: best " + MEASURE, judged(false, 4, 5).reason());
  }

  @Test
  void withoutAValidationSetTheReasonSaysSo() {
    assertEquals(
        new KeptRound(1, 1, false, "the last round is kept: there is no validation set"),
        KeptRound.judge(List.of(List.of(), List.of()), ValidationSettings.DEFAULT));
  }
}
