package org.soft4j.eval.judge;

import java.util.OptionalDouble;
import org.soft4j.eval.files.Answer;

/**
 * A judge's preference between a baseline's output and a model's, asked in both orders. 1 is for
 * the baseline, 2 for the model, 1.5 for neither.
 *
 * @param baseline output 1
 * @param output output 2
 * @param game1 with the baseline's output first; empty where the verdict cannot be read
 * @param game2 with the model's output first, turned back to the same scale
 * @param reply1 what the judge wrote in game 1; empty where the outputs were equal
 * @param reply2 likewise in game 2
 */
public record Preference(
    Answer baseline,
    Answer output,
    OptionalDouble game1,
    OptionalDouble game2,
    String reply1,
    String reply2) {
  /** Neither is preferred. */
  static final double EVEN = 1.5;

  /** The same preference, told of the other order. */
  static OptionalDouble swapped(OptionalDouble preference) {
    return preference.isPresent() ? OptionalDouble.of(3 - preference.getAsDouble()) : preference;
  }

  /** Whether both verdicts could be read. */
  public boolean read() {
    return game1.isPresent() && game2.isPresent();
  }

  /**
   * Mean of both orders; empty where one verdict could not be read. (AlpacaEval draws one order by
   * chance, which has the same expectation and more noise.)
   */
  public OptionalDouble value() {
    return read()
        ? OptionalDouble.of((game1.getAsDouble() + game2.getAsDouble()) / 2)
        : OptionalDouble.empty();
  }

  /** Whether the swap changed the side that is preferred. */
  public boolean flipped() {
    return read()
        && Math.signum(game1.getAsDouble() - EVEN) != Math.signum(game2.getAsDouble() - EVEN);
  }
}
