package org.soft4j.eval.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.PythonLiteral;

/**
 * Verdicts as FastChat 0.2.36 (fastchat/llm_judge/common.py) and AlpacaEval (completion_parsers.py)
 * read them, for numbers that are to be theirs.
 */
final class OriginalVerdictParser {
  private static final Pattern RATING = Pattern.compile("\\[\\[(\\d+\\.?\\d*)]]");
  private static final Pattern LOOSE_RATING = Pattern.compile("\\[(\\d+\\.?\\d*)]");
  // A Python literal of whole numbers may not begin with 0 and go on; FastChat ends there.
  private static final Pattern NO_LITERAL = Pattern.compile("0+[1-9]\\d*");

  private OriginalVerdictParser() {}

  /** The first [[rating]], or else the first [rating]; one outside the scale too. */
  static Verdict rating(String judgment) {
    Matcher strict = RATING.matcher(judgment);
    Matcher loose = LOOSE_RATING.matcher(judgment);
    boolean bracketed = strict.find();
    if (!bracketed && !loose.find()) {
      return Verdict.unread(Verdict.Note.NOT_FOUND);
    }
    String digits = bracketed ? strict.group(1) : loose.group(1);
    return NO_LITERAL.matcher(digits).matches()
        ? Verdict.unread(Verdict.Note.CONTRADICTION)
        : Verdict.read(Double.parseDouble(digits)).and(!bracketed, Verdict.Note.UNBRACKETED);
  }

  /** A if [[A]] stands anywhere, else B, else C. */
  static Verdict place(String judgment) {
    for (String place : List.of("A", "B", "C")) {
      if (judgment.contains("[[" + place + "]]")) {
        return Verdict.read(preference(place));
      }
    }
    return Verdict.unread(Verdict.Note.NOT_FOUND);
  }

  /** A is what was shown first, B the second, C neither. */
  static double preference(String place) {
    return place.equals("A") ? 1 : place.equals("B") ? 2 : Preference.EVEN;
  }

  /** The rank of model_1 in a Python list of dictionaries, the whole reply; it must be 1 or 2. */
  static Verdict rankOfFirst(String completion) {
    double rank =
        PythonLiteral.parse(completion).flatMap(list -> rank(list, "model_1")).orElse(Double.NaN);
    return rank == 1 || rank == 2 ? Verdict.read(rank) : Verdict.unread(Verdict.Note.NOT_FOUND);
  }

  /** Looks a model up in a list of {model, rank}; every entry must name its model. */
  static Optional<Double> rank(Object literal, String model) {
    if (!(literal instanceof List<?> entries)) {
      return Optional.empty();
    }
    Optional<Double> rank = Optional.empty();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> fields) || !fields.containsKey("model")) {
        return Optional.empty();
      }
      if (rank.isEmpty() && model.equals(fields.get("model"))) {
        rank = Optional.of(fields.get("rank") instanceof Number n ? n.doubleValue() : Double.NaN);
      }
    }
    return rank;
  }
}
