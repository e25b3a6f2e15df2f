package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.soft.KeptEvidence.Difference;
import org.soft4j.soft.KeptEvidence.Value;

/** The numbers behind "round 2 is kept", and whether they are more than noise. */
class KeptEvidenceTest {
  private static KeptEvidence evidence(Difference... differences) {
    return new KeptEvidence(
        "log_probability",
        26,
        "embedded (helpful)",
        List.of(new Value(0, -1.9, 0.2), new Value(1, -1.71, 0.2), new Value(2, -1.65, 0.2)),
        List.of(differences));
  }

  @Test
  void theSentencesHaveTheNumbersOfTheRoundsAndTheirIntervals() {
    KeptEvidence clear =
        evidence(new Difference(2, 0, 0.25, 0.1, 0.4), new Difference(2, 1, 0.06, 0.01, 0.11));
    assertEquals(
        List.of(
            "log_probability over 26 items (embedded (helpful)): base -1.900, round 1 -1.710,"
                + " round 2 -1.650",
            "round 2 against base: +0.250 (95 % interval +0.100 to +0.400), round 1: +0.060 (95 %"
                + " interval +0.010 to +0.110)"),
        clear.lines());
    assertEquals(Optional.empty(), clear.warning());
  }

  @Test
  void aDifferenceWhoseIntervalHoldsZeroIsNoise() {
    KeptEvidence close = evidence(new Difference(2, 1, 0.06, -0.01, 0.11));
    assertTrue(
        close.lines().get(2).startsWith("warning: the difference from round 1 is noise"),
        close.lines()::toString);
    assertFalse(new Difference(0, 1, 0.06, 0.01, 0.11).noise());
    // A measure with one item has no interval, and shows nothing.
    assertTrue(new Difference(2, 1, 0.06, Double.NaN, Double.NaN).noise());
  }
}
