package org.soft4j.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that comes with a file, matched with a bound on its work. Java matches by
 * going back, which takes some expressions exponential time: looks at the text are counted, and
 * repetitions that look at nothing are bounded when the expression is read.
 */
public final class BoundedPattern {
  /** Looks at the letters of a text before a match is given up: about a tenth of a second. */
  public static final int MOST_LOOKS = 20_000_000;

  /** Letters of an expression. */
  public static final int MOST_LETTERS = 100_000;

  /** Rounds of counted repetitions, {@code {n}}, multiplied where one stands in another. */
  public static final long MOST_ROUNDS = 1_000_000;

  private static final int SHOWN = 200;

  private final String source;
  private final Pattern pattern;

  private BoundedPattern(String source, Pattern pattern) {
    this.source = source;
    this.pattern = pattern;
  }

  /**
   * An expression in Java's syntax.
   *
   * @throws PatternSyntaxException for one that is not sound, or beyond the bounds
   */
  public static BoundedPattern of(String expression) {
    return of(expression, expression, 0);
  }

  /**
   * An expression that was written otherwise.
   *
   * @param source as its file has it, for messages
   * @param expression in Java's syntax
   * @param flags of {@link Pattern}
   * @throws PatternSyntaxException for one that is not sound, or beyond the bounds
   */
  public static BoundedPattern of(String source, String expression, int flags) {
    if (expression.length() > MOST_LETTERS) {
      throw refused("It has more than " + MOST_LETTERS + " letters", source);
    }
    if (rounds(expression) > MOST_ROUNDS) {
      throw refused("Its repetitions take more than " + MOST_ROUNDS + " rounds", source);
    }
    try {
      return new BoundedPattern(source, Pattern.compile(expression, flags));
    } catch (StackOverflowError e) {
      throw refused("It is nested too deeply", source);
    }
  }

  private static PatternSyntaxException refused(String why, String source) {
    return new PatternSyntaxException(why, shown(source), -1);
  }

  /** Whether the whole text matches. */
  public boolean matches(String text) {
    return matches(text, new Looks(MOST_LOOKS));
  }

  /** Whether the whole text matches; the looks are counted together with those of other calls. */
  public boolean matches(String text, Looks looks) {
    return matched(text, looks, Matcher::matches);
  }

  /** All matches, from left to right. */
  public List<MatchResult> all(String text) {
    return matched(text, new Looks(MOST_LOOKS), matcher -> matcher.results().toList());
  }

  /** The text with another in the place of each match. */
  public String replaced(String text, String replacement) {
    String literal = Matcher.quoteReplacement(replacement);
    return matched(text, new Looks(MOST_LOOKS), matcher -> matcher.replaceAll(literal));
  }

  private <T> T matched(String text, Looks looks, Function<Matcher, T> matching) {
    try {
      return matching.apply(pattern.matcher(new Watched(text, looks, this)));
    } catch (StackOverflowError e) {
      throw tooMuch();
    }
  }

  private UserError tooMuch() {
    return new UserError(
        "The regular expression %s takes too long on a text: more than the bound on its steps."
            .formatted(shown(source)),
        "Write it without repetitions within repetitions.");
  }

  private static String shown(String source) {
    return source.length() <= SHOWN ? source : source.substring(0, SHOWN) + "…";
  }

  /** The most rounds of counted repetitions on any way into the expression. */
  private static long rounds(String expression) {
    Deque<Long> outer = new ArrayDeque<>();
    long most = 1; // within this group so far
    long last = 1; // of what a repetition would repeat
    for (int at = 0; at < expression.length(); at++) {
      char letter = expression.charAt(at);
      if (letter == '(') {
        outer.push(most);
        most = 1;
      } else if (letter == ')' && !outer.isEmpty()) {
        last = most;
        most = Math.max(outer.pop(), last);
        continue;
      } else if (letter == '{') {
        last = Math.min(MOST_ROUNDS + 1, last * Math.max(1, largest(expression, at)));
        most = Math.max(most, last);
        continue; // a second repetition repeats the first
      } else if (letter == '}' || Character.isDigit(letter) || letter == ',') {
        continue;
      }
      last = 1;
    }
    while (!outer.isEmpty()) {
      most = Math.max(most, outer.pop());
    }
    return most;
  }

  /** The largest number between two braces. */
  private static long largest(String expression, int open) {
    long largest = 0;
    long number = 0;
    for (int at = open + 1; at < expression.length(); at++) {
      char letter = expression.charAt(at);
      if (letter >= '0' && letter <= '9') {
        number = Math.min(MOST_ROUNDS + 1, number * 10 + letter - '0');
      } else {
        number = 0;
        if (letter != ',') {
          return largest;
        }
      }
      largest = Math.max(largest, number);
    }
    return largest;
  }

  /** How often the letters of texts may still be looked at, by one match or by several. */
  public static final class Looks {
    private int left;

    public Looks(int most) {
      this.left = most;
    }
  }

  /** A text that counts how often it is looked at. */
  private record Watched(String text, Looks looks, BoundedPattern by) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (--looks.left < 0) {
        throw by.tooMuch();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
