package org.soft4j.eval.yaml.functions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * The harness's NumberParseRegexFilter: a number in digits, else one in English words, which the
 * package word2number reads. What that package refuses stops the harness; here it is no answer.
 */
final class NumberWords {
  private static final String PATTERN = "regex_pattern";
  private static final String PLAIN = "zero|one|two|three|four|five|";
  private static final String STEM = "(?:twen|thir|for|fif|six|seven|nine)";
  private static final String LARGE =
      "|ten|eleven|twelve|fourteen|hundred|thousand|(?:m|b|tr)illion";

  /** The harness's expression, in which six, seven and nine begin or end no number. */
  private static final PythonPattern ENGLISH =
      new PythonPattern(
          String.format(
              Locale.ROOT,
              "((?:(?:%1$s%2$s(?:teen|ty)|eight(?:|een|y)%3$s)(?:%1$s%2$s(?:|teen|ty)|eight(?:een|y)%3$s|[^\\S\\r\\n]|,|and|&)+)?(?:%1$s%2$s(?:teen|ty)|eight(?:een|y)%3$s))",
              PLAIN,
              STEM,
              LARGE));

  private static final List<String> SMALL =
      List.of(
          """
          zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
          fifteen sixteen seventeen eighteen nineteen\
          """
              .split("\\s+"));
  private static final List<String> TENS =
      List.of("twenty thirty forty fifty sixty seventy eighty ninety".split(" "));
  private static final Map<String, Long> VALUES = values();

  private static final List<String> UNITS = List.of("billion", "million", "thousand");

  private NumberWords() {}

  private static Map<String, Long> values() {
    Map<String, Long> values = new HashMap<>();
    SMALL.forEach(word -> values.put(word, (long) SMALL.indexOf(word)));
    TENS.forEach(word -> values.put(word, 20 + 10L * TENS.indexOf(word)));
    values.putAll(
        Map.of(
            "hundred", 100L, "thousand", 1000L, "million", 1_000_000L, "billion", 1_000_000_000L));
    return values;
  }

  static TaskFunction.Extraction filter(Map<String, Object> options) {
    RegexOptions set = RegexOptions.of(options, PATTERN);
    PythonPattern digits = new PythonPattern(RegexOptions.text(options, PATTERN));
    return (answer, row) ->
        set.found(digits, answer)
            .or(
                () ->
                    set.found(ENGLISH, answer.toLowerCase(Locale.ROOT))
                        .flatMap(NumberWords::value)
                        .map(String::valueOf))
            .orElse(set.fallback());
  }

  /** What word2number reads; empty where it refuses the words. */
  static Optional<Long> value(String text) {
    List<String> words = new ArrayList<>(PythonText.words(text.replace('-', ' ')));
    words.removeIf(word -> !VALUES.containsKey(word));
    boolean twice = UNITS.stream().anyMatch(unit -> Collections.frequency(words, unit) > 1);
    if (words.isEmpty() || twice) {
      return Optional.empty();
    }
    if (words.size() == 1) {
      return Optional.of(VALUES.get(words.get(0)));
    }
    long sum = 0;
    int from = 0;
    for (String unit : UNITS) {
      int at = words.indexOf(unit);
      if (at >= 0) {
        if (at <= from) {
          return Optional.empty();
        }
        sum += formed(words.subList(from, at)) * VALUES.get(unit);
        from = at + 1;
      }
    }
    return Optional.of(
        sum + (from == words.size() ? 0 : formed(words.subList(from, words.size()))));
  }

  /** The package's reading of at most four words; of more than four the first counts. */
  private static long formed(List<String> words) {
    List<Long> numbers = words.stream().map(VALUES::get).toList();
    return switch (numbers.size()) {
      case 2 ->
          numbers.contains(100L)
              ? numbers.get(0) * numbers.get(1)
              : numbers.get(0) + numbers.get(1);
      case 3 -> numbers.get(0) * numbers.get(1) + numbers.get(2);
      case 4 -> numbers.get(0) * numbers.get(1) + numbers.get(2) + numbers.get(3);
      default -> numbers.get(0);
    };
  }
}
