package org.soft4j.lm.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the control tokens that are written in a text, those in {@link UserText} left out. */
final class ControlTokens {
  private final Map<String, Integer> ids;
  private final Pattern pattern;

  /** A part of a text: what a control token spells, or anything between two of them. */
  record Part(String text, boolean control) {}

  /** The longest of several that begin at one place counts, as in the tokenizers library. */
  ControlTokens(Map<String, Integer> ids) {
    this.ids = Map.copyOf(ids);
    String any =
        ids.keySet().stream()
            .filter(token -> !token.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    pattern = Pattern.compile(any.isEmpty() ? "(?!)" : any);
  }

  int id(String token) {
    return ids.get(token);
  }

  /** Whether user text within a marked text spells a control token. */
  boolean spelledByUser(String marked) {
    return UserText.isMarked(marked)
        && pattern.matcher(UserText.unmarked(marked)).results().count()
            != pattern.matcher(marked).results().count();
  }

  /** The text with a mark within each control token that it spells, and no other. */
  String marked(String text) {
    StringBuilder marked = new StringBuilder(UserText.unmarked(text));
    Matcher matcher = pattern.matcher(marked);
    for (int from = 0; matcher.find(from); matcher.reset()) {
      from = matcher.start();
      int second = marked.offsetByCodePoints(from, 1);
      if (second < matcher.end()) {
        marked.insert(second, UserText.MARK);
      } else {
        from = second; // nothing can stand within a single letter
      }
    }
    return marked.toString();
  }

  /** The text in parts, without marks; none of them is empty. */
  List<Part> split(String marked) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = pattern.matcher(marked);
    int from = 0;
    while (matcher.find()) {
      between(marked.substring(from, matcher.start()), parts);
      parts.add(new Part(matcher.group(), true));
      from = matcher.end();
    }
    between(marked.substring(from), parts);
    return parts;
  }

  private static void between(String marked, List<Part> parts) {
    String text = UserText.unmarked(marked);
    if (!text.isEmpty()) {
      parts.add(new Part(text, false));
    }
  }
}
