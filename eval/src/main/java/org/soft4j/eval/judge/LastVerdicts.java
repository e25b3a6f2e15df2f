package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.PythonLiteral;

/** The last verdict of a text without reasoning; one outside the scale is none. */
final class LastVerdicts {
  private static final double LOWEST = 1;
  private static final double HIGHEST = 10;
  private static final String NUMBER = "(-?\\d{1,9}(?:\\.\\d{0,9})?)";
  private static final String OF_TEN = "(?:\\s{0,3}/\\s{0,3}10)?";
  private static final Pattern RATING =
      Pattern.compile("\\[\\[\\s{0,3}" + NUMBER + OF_TEN + "\\s{0,3}]]");
  // A line's end that names the rating, such as "Rating: 7" or "**Score**: [7/10].".
  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(?:rating|score|grade)\\W{0,4}(?:is|of)?\\s{0,3}[:=]?\\s{0,3}\\*{0,2}\\[?"
              + NUMBER
              + OF_TEN
              + "]?[*.]{0,3}[ \\t\\r]{0,9}$",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern PLACE = Pattern.compile("\\[\\[\\s{0,3}([ABCabc])\\s{0,3}]]");
  // Entries hold no lists, so that a ranking is a list without others inside.
  private static final Pattern RANKING =
      Pattern.compile("\\[\\s{0,99}\\{[^\\[\\]]{0,2000}\\}\\s{0,99},?\\s{0,99}]");

  private LastVerdicts() {}

  /** The last [[rating]]; else the last line that ends in a rating by name. */
  static Verdict<Double> rating(String judgment) {
    List<String> strict = groups(RATING, judgment);
    List<String> found = strict.isEmpty() ? groups(NAMED, judgment) : strict;
    List<Double> values = found.stream().map(Double::valueOf).toList();
    if (values.isEmpty()) {
      return Verdict.unread(VerdictNote.NOT_FOUND);
    }
    double last = values.get(values.size() - 1);
    Verdict<Double> verdict =
        last < LOWEST || last > HIGHEST
            ? Verdict.unread(VerdictNote.OUT_OF_SCALE)
            : Verdict.read(last);
    return verdict
        .and(strict.isEmpty(), VerdictNote.UNBRACKETED)
        .and(values.stream().distinct().count() > 1, VerdictNote.SEVERAL);
  }

  /** The last of [[A]], [[B]] and [[C]]. */
  static Verdict<Character> place(String judgment) {
    List<Character> places =
        groups(PLACE, judgment).stream().map(p -> Character.toUpperCase(p.charAt(0))).toList();
    return places.isEmpty()
        ? Verdict.unread(VerdictNote.NOT_FOUND)
        : Verdict.read(places.get(places.size() - 1))
            .and(places.stream().distinct().count() > 1, VerdictNote.SEVERAL);
  }

  /** The rank of model_1 in the last ranking; two equal ranks are none. */
  static Verdict<Double> rankOfFirst(String completion) {
    List<Object> rankings = new ArrayList<>();
    PythonLiteral.parse(completion).ifPresent(rankings::add);
    if (rankings.isEmpty()) {
      Matcher matcher = RANKING.matcher(completion);
      while (matcher.find()) {
        PythonLiteral.parse(matcher.group()).ifPresent(rankings::add);
      }
    }
    List<Double> ranks =
        rankings.stream().flatMap(ranking -> Ranking.ofFirst(ranking).stream()).toList();
    if (ranks.isEmpty()) {
      return Verdict.unread(VerdictNote.NOT_FOUND);
    }
    double last = ranks.get(ranks.size() - 1);
    Verdict<Double> verdict =
        last != 1 && last != 2
            ? Verdict.unread(VerdictNote.OUT_OF_SCALE)
            : Ranking.of(rankings.get(rankings.size() - 1), "model_2").equals(Optional.of(last))
                ? Verdict.unread(VerdictNote.CONTRADICTION)
                : Verdict.read(last);
    return verdict.and(ranks.stream().distinct().count() > 1, VerdictNote.SEVERAL);
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
