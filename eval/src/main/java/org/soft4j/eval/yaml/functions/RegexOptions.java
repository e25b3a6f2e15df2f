package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * Options of the filters that look for an expression.
 *
 * @param select which of several matches is taken; a negative number counts from the end
 * @param fallback what an answer without a match becomes
 * @param ignored expressions to be taken out first
 * @param ignoreCase whether letters are made small then
 * @param ignorePunctuation whether signs are taken out then
 */
record RegexOptions(
    int select,
    String fallback,
    List<PythonPattern> ignored,
    boolean ignoreCase,
    boolean ignorePunctuation) {
  private static final String SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";

  static RegexOptions of(Map<String, Object> options, String own) {
    refuseOthers(
        options,
        Set.of(
            own,
            "group_select",
            "fallback",
            "ignore_case",
            "ignore_punctuation",
            "regexes_to_ignore"));
    Object select = options.getOrDefault("group_select", 0L);
    List<String> ignored =
        options.get("regexes_to_ignore") == null
            ? List.of()
            : Columns.texts(options, "regexes_to_ignore");
    return new RegexOptions(
        select instanceof Long number ? number.intValue() : 0,
        options.containsKey("fallback") ? text(options, "fallback") : "[invalid]",
        ignored.stream().map(PythonPattern::new).toList(),
        Boolean.TRUE.equals(options.get("ignore_case")),
        Boolean.TRUE.equals(options.get("ignore_punctuation")));
  }

  static void refuseOthers(Map<String, Object> options, Set<String> known) {
    for (String name : options.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("it has no option " + name);
      }
    }
  }

  static String text(Map<String, Object> options, String name) {
    return Columns.text(options, name);
  }

  /** What re.escape() gives. */
  static String escaped(String text) {
    return text.chars()
        .mapToObj(c -> (SPECIAL.indexOf(c) < 0 ? "" : "\\") + (char) c)
        .collect(Collectors.joining());
  }

  /** Length in Python's letters. */
  static int letters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A text without what is to be ignored. */
  String plain(String text) {
    String left = text;
    for (PythonPattern pattern : ignored) {
      left = pattern.removedFrom(left);
    }
    left = ignoreCase ? left.toLowerCase(Locale.ROOT) : left;
    return ignorePunctuation ? left.replaceAll("\\p{P}", "") : left;
  }

  /** The chosen match, the first of its groups that holds something; empty where it is empty. */
  Optional<String> found(PythonPattern pattern, String text) {
    List<List<String>> matches = pattern.findAll(text);
    int at = select < 0 ? matches.size() + select : select;
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    if (at < 0 || at >= matches.size()) {
      throw new IllegalArgumentException("group_select %s of %s".formatted(select, matches.size()));
    }
    return matches.get(at).stream()
        .filter(group -> !group.isEmpty())
        .findFirst()
        .map(PythonText::stripped)
        .filter(match -> !match.isEmpty());
  }
}
