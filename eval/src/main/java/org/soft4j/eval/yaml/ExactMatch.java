package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.soft4j.eval.python.PythonPattern;

/**
 * When two texts count as equal: first the expressions to ignore are taken out of both, then
 * letters are made small, then ASCII punctuation and digits are taken out.
 */
record ExactMatch(
    List<PythonPattern> ignored,
    boolean ignoreCase,
    boolean ignorePunctuation,
    boolean ignoreDigits) {
  private static final Set<String> OPTIONS =
      Set.of("regexes_to_ignore", "ignore_case", "ignore_punctuation", "ignore_numbers");
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]");

  /** Two texts are equal where every character is. */
  static final ExactMatch PLAIN = new ExactMatch(List.of(), false, false, false);

  /** Options of the metric's entry in metric_list. */
  static ExactMatch read(Map<String, YamlValue> options) {
    Fields.refuseOthers(options, OPTIONS);
    YamlValue regexes = options.get("regexes_to_ignore");
    return new ExactMatch(
        regexes == null || regexes.isNull()
            ? List.of()
            : regexes.list().stream().map(Fields::pattern).toList(),
        flag(options, "ignore_case"),
        flag(options, "ignore_punctuation"),
        flag(options, "ignore_numbers"));
  }

  private static boolean flag(Map<String, YamlValue> options, String name) {
    return options.containsKey(name) && options.get(name).truth();
  }

  boolean equal(String answer, String right) {
    return plain(answer).equals(plain(right));
  }

  private String plain(String text) {
    String left = text;
    for (PythonPattern pattern : ignored) {
      left = pattern.removedFrom(left);
    }
    left = ignoreCase ? left.toLowerCase(Locale.ROOT) : left;
    left = ignorePunctuation ? PUNCTUATION.matcher(left).replaceAll("") : left;
    return ignoreDigits ? DIGITS.matcher(left).replaceAll("") : left;
  }
}
