package org.soft4j.lm.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the control tokens that are written in a text, those in user text left out. */
final class ControlTokens {
  private final Map<String, Integer> ids;
  private final Pattern pattern;

  /** A part of a text: what a control token spells, or anything between two of them. */
  record Part(String text, boolean control) {}

  /** The longest of several that begin at one place counts, as in the tokenizers library. */
  ControlTokens(Map<String, Integer> ids) {
    this.ids = Map.copyOf(ids);
    pattern =
        Pattern.compile(
            ids.keySet().stream()
                .filter(token -> !token.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  int id(String token) {
    return ids.get(token);
  }

  /** Whether user text within a marked text spells a control token. */
  boolean spelledByUser(String marked) {
    boolean any = false;
    if (!ids.isEmpty() && UserText.isMarked(marked)) {
      Matcher everywhere = pattern.matcher(UserText.unmarked(marked));
      int all = 0;
      while (everywhere.find()) {
        all++;
      }
      any = split(marked).stream().filter(Part::control).count() != all;
    }
    return any;
  }

  /** The text in parts, without marks; neighbouring parts without control tokens are joined. */
  List<Part> split(String marked) {
    List<Part> parts = new ArrayList<>();
    StringBuilder between = new StringBuilder();
    int at = 0;
    while (at < marked.length()) {
      char first = marked.charAt(at);
      boolean user = first == UserText.BEGIN;
      int end = end(marked, at, user);
      String text = UserText.unmarked(marked.substring(at, end));
      if (user || ids.isEmpty()) {
        between.append(text);
      } else {
        cut(text, between, parts);
      }
      at = end;
    }
    flush(between, parts);
    return parts;
  }

  private static int end(String marked, int at, boolean user) {
    int next = marked.indexOf(user ? UserText.END : UserText.BEGIN, at);
    return next < 0 ? marked.length() : user ? next + 1 : next;
  }

  private void cut(String text, StringBuilder between, List<Part> parts) {
    Matcher matcher = pattern.matcher(text);
    int from = 0;
    while (matcher.find()) {
      between.append(text, from, matcher.start());
      flush(between, parts);
      parts.add(new Part(matcher.group(), true));
      from = matcher.end();
    }
    between.append(text, from, text.length());
  }

  private static void flush(StringBuilder between, List<Part> parts) {
    if (between.length() > 0) {
      parts.add(new Part(between.toString(), false));
      between.setLength(0);
    }
  }
}
