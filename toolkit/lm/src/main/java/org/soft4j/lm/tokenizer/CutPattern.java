package org.soft4j.lm.tokenizer;

import java.util.Set;

/**
 * Holds a regular expression of a tokenizer.json against a bound on its work.
 *
 * <p>The native library ends the process where a match takes more than ten million steps back
 * (Oniguruma's limit of retries). What is accepted here takes at most {@link #MOST_COST} steps a
 * letter: no repeated groups, at most two open repetitions in a row with nothing behind them that
 * could fail, and few choices before. The patterns of GPT-2, Llama 3, Qwen2, DeepSeek, Tekken and
 * o200k are of this kind.
 */
final class CutPattern {
  /** Times the longest text, this stays below Oniguruma's limit. */
  static final int MOST_COST = 16;

  private static final int MOST_CHOICES = 10_000;
  private static final int MOST_REPETITIONS = 100;
  private static final int MOST_DEPTH = 8;
  private static final String PLAIN_ESCAPES = "sSdDwWnrtfv";
  private static final Set<String> GROUPS = Set.of("(?:", "(?=", "(?!", "(?i:");

  /** Choices of a part before it fails, and open repetitions in a row. */
  private record Work(long choices, int open) {}

  /** Least and most times, and whether a quantifier was there at all. */
  private record Times(int least, int most, boolean open) {
    static final Times ONCE = new Times(1, 1, false);
  }

  private final String pattern;
  private int at;
  private long stepsPerLetter;

  private CutPattern(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Checks a pattern.
   *
   * @throws IllegalArgumentException if its work has no bound that is known here
   */
  static void check(String pattern) {
    CutPattern checked = new CutPattern(pattern);
    checked.alternatives(0);
    if (checked.at < pattern.length()) {
      throw checked.refused("has a \")\" too many");
    }
    if (checked.stepsPerLetter > MOST_COST) {
      throw checked.refused("may take " + checked.stepsPerLetter + " steps a letter");
    }
  }

  private Work alternatives(int depth) {
    if (depth > MOST_DEPTH) {
      throw refused("is nested too deeply");
    }
    long choices = 0;
    int open = 0;
    do {
      Work branch = branch(depth);
      choices += branch.choices();
      open = Math.max(open, branch.open());
      stepsPerLetter += depth == 0 && branch.open() > 0 ? branch.choices() : 0;
    } while (skip('|'));
    return new Work(choices, open);
  }

  private Work branch(int depth) {
    long choices = 1;
    int open = 0;
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      boolean group = pattern.charAt(at) == '(';
      Work work = group ? group(depth) : atom();
      Times times = times();
      if (group && (times.open() || times.most() > 1)) {
        throw refused("repeats a group");
      }
      if (open >= 2 && (times.least() > 0 || times.open() || work.open() > 0)) {
        throw refused("has more after two open repetitions");
      }
      open += work.open() + (times.open() ? 1 : 0);
      // Behind two open repetitions, nothing fails: there is nothing to come back for.
      long ways = times.open() ? 1 : times.most() - times.least() + 1L;
      choices =
          open >= 2 && times.least() == 0 && !times.open()
              ? choices
              : choices * ways * work.choices();
      if (open > 2 || choices > MOST_CHOICES) {
        throw refused("has too many repetitions in a row");
      }
    }
    return new Work(choices, open);
  }

  private Work group(int depth) {
    int from = at++;
    if (skip('?')) {
      while (at < pattern.length() && ":=!".indexOf(pattern.charAt(at)) < 0) {
        at++;
      }
      at++;
      if (at > pattern.length() || !GROUPS.contains(pattern.substring(from, at))) {
        throw refused("has a group of an unknown kind");
      }
    }
    Work inside = alternatives(depth + 1);
    if (!skip(')')) {
      throw refused("lacks a \")\"");
    }
    return inside;
  }

  /** One letter, or a class of letters. */
  private Work atom() {
    char letter = pattern.charAt(at++);
    switch (letter) {
      case '\\' -> escape();
      case '[' -> letters(0);
      case '*', '+', '?', '{', '}', ']' -> throw refused("has a \"" + letter + "\" out of place");
      default -> {} // itself
    }
    return new Work(1, 0);
  }

  private void escape() {
    if (at >= pattern.length()) {
      throw refused("ends with a \"\\\"");
    }
    char letter = pattern.charAt(at++);
    if (letter == 'p' || letter == 'P') {
      int end = pattern.indexOf('}', at);
      if (end < 0 || !pattern.substring(at, end).matches("\\{\\^?[A-Za-z_]{1,30}")) {
        throw refused("has a property that is not like \\p{L}");
      }
      at = end + 1;
    } else if (letter < 128
        && Character.isLetterOrDigit(letter)
        && PLAIN_ESCAPES.indexOf(letter) < 0) {
      throw refused("uses \\" + letter);
    }
  }

  private void letters(int depth) {
    skip('^');
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      char letter = pattern.charAt(at++);
      if (letter == '\\') {
        escape();
      } else if (letter == '[') {
        if (depth > MOST_DEPTH) {
          throw refused("is nested too deeply");
        }
        letters(depth + 1);
      }
    }
    if (!skip(']')) {
      throw refused("lacks a \"]\"");
    }
  }

  private Times times() {
    Times times = at < pattern.length() ? quantifier(pattern.charAt(at)) : Times.ONCE;
    boolean braces = at > 0 && pattern.charAt(at - 1) == '}';
    if (times != Times.ONCE && (!braces || at < pattern.length() && pattern.charAt(at) == '?')) {
      // Lazy and possessive ones do no more work than greedy ones.
      if (!skip('?')) {
        skip('+');
      }
    }
    return times;
  }

  private Times quantifier(char letter) {
    switch (letter) {
      case '?' -> {
        at++;
        return new Times(0, 1, false);
      }
      case '*', '+' -> {
        at++;
        return new Times(letter == '+' ? 1 : 0, 1, true);
      }
      case '{' -> {
        int end = pattern.indexOf('}', at);
        String inside = end < 0 ? "" : pattern.substring(at + 1, end);
        if (!inside.matches("[0-9]{1,3}(,[0-9]{0,3})?")) {
          throw refused("has a \"{\" out of place");
        }
        at = end + 1;
        return braces(inside);
      }
      default -> {
        return Times.ONCE;
      }
    }
  }

  private Times braces(String inside) {
    String[] bounds = inside.split(",", -1);
    int least = Integer.parseInt(bounds[0]);
    boolean open = bounds.length == 2 && bounds[1].isEmpty();
    int most = bounds.length == 1 || open ? least : Integer.parseInt(bounds[1]);
    if (most > MOST_REPETITIONS || most < least) {
      throw refused("repeats {" + inside + "}");
    }
    return new Times(least, most, open);
  }

  private boolean skip(char letter) {
    boolean there = at < pattern.length() && pattern.charAt(at) == letter;
    at += there ? 1 : 0;
    return there;
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the pattern " + pattern + " " + why);
  }
}
