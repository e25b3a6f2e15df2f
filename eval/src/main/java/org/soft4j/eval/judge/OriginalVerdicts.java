package org.soft4j.eval.judge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.PythonLiteral;

/**
 * Verdicts as FastChat 0.2.36 (fastchat/llm_judge/common.py) and AlpacaEval (completion_parsers.py)
 * read them, for numbers that are to be theirs.
 */
final class OriginalVerdicts {
  private static final Pattern RATING = Pattern.compile("\\[\\[(\\d+\\.?\\d*)]]");
  private static final Pattern LOOSE_RATING = Pattern.compile("\\[(\\d+\\.?\\d*)]");
  // A Python literal of whole numbers may not begin with 0 and go on; FastChat ends there.
  private static final Pattern NO_LITERAL = Pattern.compile("0+[1-9]\\d*");

  private OriginalVerdicts() {}

  /** The first [[rating]], or else the first [rating]; one outside the scale too. */
  static Verdict<Double> rating(String judgment) {
    Matcher strict = RATING.matcher(judgment);
    Matcher loose = LOOSE_RATING.matcher(judgment);
    boolean bracketed = strict.find();
    if (!bracketed && !loose.find()) {
      return Verdict.unread(VerdictNote.NOT_FOUND);
    }
    String digits = bracketed ? strict.group(1) : loose.group(1);
    return NO_LITERAL.matcher(digits).matches()
        ? Verdict.unread(VerdictNote.CONTRADICTION)
        : Verdict.read(Double.parseDouble(digits)).and(!bracketed, VerdictNote.UNBRACKETED);
  }

  /** A if [[A]] stands anywhere, else B, else C. */
  static Verdict<Character> place(String judgment) {
    for (char place : new char[] {'A', 'B', 'C'}) {
      if (judgment.contains("[[" + place + "]]")) {
        return Verdict.read(place);
      }
    }
    return Verdict.unread(VerdictNote.NOT_FOUND);
  }

  /**
   * The rank of model_1 in a Python list of dictionaries, which is the whole reply; it must be 1 or
   * 2.
   */
  static Verdict<Double> rankOfFirst(String completion) {
    Optional<Double> rank = PythonLiteral.parse(completion).flatMap(Ranking::ofFirst);
    return rank.isPresent() && (rank.get() == 1 || rank.get() == 2)
        ? Verdict.read(rank.get())
        : Verdict.unread(VerdictNote.NOT_FOUND);
  }
}
