package org.soft4j.eval.judge;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The judgment of two answers: two games between them, with their positions swapped.
 *
 * @param id of the question
 * @param model1 shown first in game 1
 * @param model2 shown second in game 1
 * @param turn 1 or 2
 * @param judge name of the judge
 * @param prompt name of the prompt
 * @param game1 with model1's answer first
 * @param game2 with model2's answer first
 */
public record Match(
    String id,
    String model1,
    String model2,
    int turn,
    String judge,
    String prompt,
    Game game1,
    Game game2) {
  /** Who wins a game or a match; {@code ERROR} where a verdict could not be read. */
  public enum Winner {
    MODEL_1(OptionalDouble.of(1)),
    MODEL_2(OptionalDouble.of(2)),
    TIE(OptionalDouble.of(Preference.EVEN)),
    ERROR(OptionalDouble.empty());

    private final OptionalDouble preference;

    Winner(OptionalDouble preference) {
      this.preference = preference;
    }

    /** 1 for the first model, 2 for the second, 1.5 for neither. */
    OptionalDouble preference() {
      return preference;
    }

    /** A preference between both models is a tie. */
    static Winner of(OptionalDouble preference) {
      return Stream.of(values())
          .filter(winner -> winner.preference.equals(preference))
          .findFirst()
          .orElse(TIE);
    }

    /** As FastChat's files name it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One game.
   *
   * @param winner median of the repeats that could be read
   * @param userPrompt what the judge saw
   * @param judgment what it wrote; with repeats, the first that names this winner
   * @param winners of all repeats in order
   */
  public record Game(Winner winner, String userPrompt, String judgment, List<Winner> winners) {}

  /** Whether both verdicts could be read. */
  public boolean read() {
    return game1.winner() != Winner.ERROR && game2.winner() != Winner.ERROR;
  }

  /** Whether the swap changed the verdict; only where both could be read. */
  public boolean flipped() {
    return read() && game1.winner() != game2.winner();
  }

  /**
   * A win only where both games agree, otherwise a tie (FastChat, show_result.py); an error where a
   * verdict could not be read.
   */
  public Winner winner() {
    if (!read()) {
      return Winner.ERROR;
    }
    return flipped() ? Winner.TIE : game1.winner();
  }
}
