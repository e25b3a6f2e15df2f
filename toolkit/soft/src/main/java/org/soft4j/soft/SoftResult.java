package org.soft4j.soft;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.soft4j.eval.Measurement;

/**
 * How a run ended.
 *
 * @param folder of the run
 * @param keptRound the best by validation, or the last without a validation measure; 0 is the base
 * @param trained folder of the kept round's adapter or model; empty for the base
 * @param rounds finished, the base not counted
 * @param stoppedEarly whether the early stop ended it
 * @param reason why it ended where it did, in a sentence
 * @param evidence how much better it is than others, where that was measured
 * @param measurements of all rounds, benchmarks and collapse measures
 */
public record SoftResult(
    Path folder,
    int keptRound,
    Optional<Path> trained,
    int rounds,
    boolean stoppedEarly,
    String reason,
    Optional<KeptEvidence> evidence,
    List<Measurement> measurements) {
  /** Copies the list. */
  public SoftResult {
    measurements = List.copyOf(measurements);
  }
}
