package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.UserError;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.lm.template.value.PythonText;

/**
 * The harness's {@code multi_choice_regex}: what an expression finds; otherwise the letter of a
 * choice of the row whose text stands in the answer; otherwise a letter behind a colon.
 *
 * @param pattern looked for first
 * @param select which match counts; from the end where negative
 * @param fallback where nothing is found
 * @param ignored expressions that are taken out before texts of choices are looked for
 * @param ignoreCase whether these are looked for in small letters
 * @param ignorePunctuation whether these are looked for without punctuation
 */
record MultiChoiceFilter(
    PythonPattern pattern,
    int select,
    String fallback,
    List<PythonPattern> ignored,
    boolean ignoreCase,
    boolean ignorePunctuation)
    implements TaskFunction.Extraction {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{P}");
  private static final String ESCAPED = "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";
  private static final String CHOICES = "choices";

  @Override
  public String of(String answer, Map<String, Object> row) {
    List<String> choices = choices(row);
    Map<String, String> letters = new HashMap<>();
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      String letter = Character.toString('A' + i);
      String text = plain(PythonText.stripped(choices.get(i)));
      letters.put(text, "(" + letter + ")");
      texts.add(text);
      names.add(letter);
    }
    // A text within another must not win, whichever stands first.
    texts.sort(Comparator.comparingInt(MultiChoiceFilter::escapedLength).reversed());
    return found(pattern.findAll(answer))
        .or(() -> found(texts, plain(answer)).map(text -> letters.getOrDefault(text, text)))
        .or(() -> letter(names, answer))
        .orElse(fallback);
  }

  private static List<String> choices(Map<String, Object> row) {
    List<String> choices = new ArrayList<>();
    if (row.get(CHOICES) instanceof List<?> list) {
      list.forEach(choice -> choices.add(choice instanceof String text ? text : null));
    }
    if (choices.isEmpty() || choices.contains(null)) {
      throw new UserError(
          "The filter multi_choice_regex needs the column \"choices\" with a list of texts.",
          "Add the column to the rows, or take the filter regex.");
    }
    return choices;
  }

  private String plain(String text) {
    String left = text;
    for (PythonPattern expression : ignored) {
      left = expression.removedFrom(left);
    }
    left = ignoreCase ? left.toLowerCase(Locale.ROOT) : left;
    return ignorePunctuation ? PUNCTUATION.matcher(left).replaceAll("") : left;
  }

  private Optional<String> found(List<List<String>> matches) {
    return chosen(matches.size())
        .map(at -> matches.get(at))
        .flatMap(groups -> groups.stream().filter(group -> !group.isEmpty()).findFirst())
        .map(PythonText::stripped)
        .filter(text -> !text.isEmpty());
  }

  private Optional<String> found(List<String> texts, String answer) {
    String either = String.join("|", texts.stream().map(Pattern::quote).toList());
    return nth(Pattern.compile(either).matcher(answer), 0);
  }

  private Optional<String> letter(List<String> names, String answer) {
    // Python's white space of \s.
    String space =
        "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
    Pattern letter = Pattern.compile(":" + space + "(" + String.join("|", names) + ")");
    return nth(letter.matcher(answer), 1).map(name -> "(" + name + ")");
  }

  private Optional<String> nth(Matcher matcher, int group) {
    List<String> all = new ArrayList<>();
    while (matcher.find()) {
      all.add(matcher.group(group));
    }
    return chosen(all.size())
        .map(all::get)
        .map(PythonText::stripped)
        .filter(text -> !text.isEmpty());
  }

  private Optional<Integer> chosen(int size) {
    int at = select < 0 ? size + select : select;
    return at < 0 || at >= size ? Optional.empty() : Optional.of(at);
  }

  private static int escapedLength(String text) {
    return text.codePoints().map(c -> ESCAPED.indexOf(c) < 0 ? 1 : 2).sum();
  }
}
