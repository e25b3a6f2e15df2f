package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.soft4j.lm.template.PythonLiteral;

/** The last verdict of a text without reasoning; one outside the scale is none. */
final class LastVerdictParser {
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
      Pattern.compile("(\\[\\s{0,99}\\{[^\\[\\]]{0,2000}\\}\\s{0,99},?\\s{0,99}])");

  private LastVerdictParser() {}

  /** The last [[rating]]; else the last line that ends in a rating by name. */
  static Verdict rating(String judgment) {
    List<String> strict = groups(RATING, judgment);
    List<String> found = strict.isEmpty() ? groups(NAMED, judgment) : strict;
    List<Double> values = found.stream().map(Double::valueOf).toList();
    if (values.isEmpty()) {
      return Verdict.unread(Verdict.Note.NOT_FOUND);
    }
    double last = values.get(values.size() - 1);
    Verdict verdict =
        last < LOWEST || last > HIGHEST
            ? Verdict.unread(Verdict.Note.OUT_OF_SCALE)
            : Verdict.read(last);
    return verdict
        .and(strict.isEmpty(), Verdict.Note.UNBRACKETED)
        .and(values.stream().distinct().count() > 1, Verdict.Note.SEVERAL);
  }

  /** The last of [[A]], [[B]] and [[C]]. */
  static Verdict place(String judgment) {
    List<String> places =
        groups(PLACE, judgment).stream().map(p -> p.toUpperCase(Locale.ROOT)).toList();
    return places.isEmpty()
        ? Verdict.unread(Verdict.Note.NOT_FOUND)
        : Verdict.read(OriginalVerdictParser.preference(places.get(places.size() - 1)))
            .and(places.stream().distinct().count() > 1, Verdict.Note.SEVERAL);
  }

  /** The rank of model_1 in the last ranking; two equal ranks are none. */
  static Verdict rankOfFirst(String completion) {
    List<Object> rankings = new ArrayList<>();
    PythonLiteral.parse(completion).ifPresent(rankings::add);
    if (rankings.isEmpty()) {
      for (String found : groups(RANKING, completion)) {
        PythonLiteral.parse(found).ifPresent(rankings::add);
      }
    }
    List<Double> ranks =
        rankings.stream().flatMap(r -> OriginalVerdictParser.rank(r, "model_1").stream()).toList();
    if (ranks.isEmpty()) {
      return Verdict.unread(Verdict.Note.NOT_FOUND);
    }
    Optional<Double> last = Optional.of(ranks.get(ranks.size() - 1));
    Optional<Double> other =
        OriginalVerdictParser.rank(rankings.get(rankings.size() - 1), "model_2");
    Verdict verdict =
        last.get() != 1 && last.get() != 2
            ? Verdict.unread(Verdict.Note.OUT_OF_SCALE)
            : other.equals(last)
                ? Verdict.unread(Verdict.Note.CONTRADICTION)
                : Verdict.read(last.get());
    return verdict.and(ranks.stream().distinct().count() > 1, Verdict.Note.SEVERAL);
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
