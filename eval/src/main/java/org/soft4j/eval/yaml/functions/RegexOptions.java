package org.soft4j.eval.yaml.functions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * Options of the filters that look for an expression: the harness's {@code multi_choice_regex}, and
 * those of its bbh.
 *
 * @param select which of several matches is taken; a negative number counts from the end
 * @param fallback what an answer without a match becomes
 * @param ignored expressions to be taken out first
 * @param ignoreCase whether letters are made small then
 * @param ignorePunctuation whether signs are taken out then
 * @param strict whether a match that select does not find ends the filter, as in bbh's; else
 *     nothing is found
 */
public record RegexOptions(
    int select,
    String fallback,
    List<PythonPattern> ignored,
    boolean ignoreCase,
    boolean ignorePunctuation,
    boolean strict) {
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
        Boolean.TRUE.equals(options.get("ignore_punctuation")),
        true);
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

  /**
   * What an expression finds in an answer; otherwise the letter of a choice whose text stands in
   * it; otherwise a letter behind a colon.
   *
   * @param choices texts of the row's choices
   */
  public String choice(PythonPattern first, List<String> choices, String answer) {
    Map<String, String> letters = new HashMap<>();
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String choice : choices) {
      String letter = Character.toString('A' + names.size());
      String text = plain(PythonText.stripped(choice));
      letters.put(text, "(" + letter + ")");
      texts.add(escaped(text));
      names.add(letter);
    }
    // A text within another must not win, whichever stands first.
    texts.sort(
        Comparator.comparingInt((String text) -> text.codePointCount(0, text.length())).reversed());
    return found(first, answer)
        .or(
            () ->
                found(new PythonPattern(String.join("|", texts)), plain(answer))
                    .map(text -> letters.getOrDefault(text, text)))
        .or(
            () ->
                found(new PythonPattern(":[\\s]*(" + String.join("|", names) + ")"), answer)
                    .map(name -> "(" + name + ")"))
        .orElse(fallback);
  }

  /** What re.escape() gives. */
  private static String escaped(String text) {
    return text.chars()
        .mapToObj(c -> (SPECIAL.indexOf(c) < 0 ? "" : "\\") + (char) c)
        .collect(Collectors.joining());
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
      if (!strict) {
        return Optional.empty();
      }
      throw new IllegalArgumentException("group_select %s of %s".formatted(select, matches.size()));
    }
    return matches.get(at).stream()
        .filter(group -> !group.isEmpty())
        .findFirst()
        .map(PythonText::stripped)
        .filter(match -> !match.isEmpty());
  }
}
