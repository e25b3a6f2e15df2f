package org.soft4j.eval.judge;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.PythonLiteral;

/** Reads verdicts out of what judges write. Source: FastChat, fastchat/llm_judge/common.py. */
final class Verdicts {
  private static final Pattern RATING = Pattern.compile("\\[\\[(\\d+\\.?\\d*)]]");
  private static final Pattern LOOSE_RATING = Pattern.compile("\\[(\\d+\\.?\\d*)]");

  private Verdicts() {}

  /** The first [[rating]], or else the first [rating]. */
  static OptionalDouble rating(String judgment) {
    Matcher strict = RATING.matcher(judgment);
    Matcher loose = LOOSE_RATING.matcher(judgment);
    if (strict.find()) {
      return OptionalDouble.of(Double.parseDouble(strict.group(1)));
    }
    return loose.find()
        ? OptionalDouble.of(Double.parseDouble(loose.group(1)))
        : OptionalDouble.empty();
  }

  /**
   * Who wins: [[A]] if it stands anywhere, else [[B]], else [[C]] for a tie.
   *
   * @param first whose answer was shown as A
   * @param second whose answer was shown as B
   */
  static Winner winner(String judgment, Winner first, Winner second) {
    if (judgment.contains("[[A]]")) {
      return first;
    }
    if (judgment.contains("[[B]]")) {
      return second;
    }
    return judgment.contains("[[C]]") ? Winner.TIE : Winner.ERROR;
  }

  /**
   * The rank of model_1 in AlpacaEval's ranking, a Python list of dictionaries; empty where it is
   * not one, or where the rank is neither 1 nor 2. Source: alpaca_eval, completion_parsers.py,
   * ranking_parser.
   */
  static OptionalDouble rankOfFirst(String completion) {
    Optional<Double> rank = PythonLiteral.parse(completion).flatMap(Ranking::ofFirst);
    return rank.isPresent() && (rank.get() == 1 || rank.get() == 2)
        ? OptionalDouble.of(rank.get())
        : OptionalDouble.empty();
  }
}
