package org.soft4j.eval.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.soft4j.core.UserError;

/**
 * A regular expression of Python's re, run with a bound on its work: the expression comes with a
 * task file, and a bad one takes exponential time.
 */
public final class PythonPattern {
  private static final int FLAGS = Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS;

  private final String source;
  private final Pattern pattern;

  /**
   * Takes an expression.
   *
   * @throws PatternSyntaxException for one that Java does not read the same way
   */
  public PythonPattern(String source) {
    this.source = source;
    this.pattern = Pattern.compile(translated(source), FLAGS);
  }

  /** What re.findall gives: for each match its groups, or the whole where there are none. */
  public List<List<String>> findAll(String text) {
    Matcher matcher = pattern.matcher(new BoundedLetters(text, source));
    List<List<String>> matches = new ArrayList<>();
    try {
      while (matcher.find()) {
        List<String> groups = new ArrayList<>();
        for (int i = matcher.groupCount() == 0 ? 0 : 1; i <= matcher.groupCount(); i++) {
          groups.add(matcher.group(i) == null ? "" : matcher.group(i));
        }
        matches.add(groups);
      }
    } catch (StackOverflowError e) {
      throw BoundedLetters.tooMuch(source);
    }
    return matches;
  }

  /** What re.sub(pattern, "", text) gives. */
  public String removedFrom(String text) {
    try {
      return pattern.matcher(new BoundedLetters(text, source)).replaceAll("");
    } catch (StackOverflowError e) {
      throw BoundedLetters.tooMuch(source);
    }
  }

  /** Java reads [ and && within a class as set operations, and writes named groups otherwise. */
  private static String translated(String source) {
    StringBuilder java = new StringBuilder();
    boolean inClass = false;
    for (int at = 0; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == '\\' && at + 1 < source.length()) {
        char next = source.charAt(++at);
        java.append(c).append(next == 'Z' ? 'z' : next);
      } else if (inClass) {
        java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        java.append(c);
        // A bracket right after the start of a class is a letter of it.
        for (String first : List.of("^]", "]", "^")) {
          if (source.startsWith(first, at + 1)) {
            java.append(first.replace("]", "\\]"));
            at += first.length();
            break;
          }
        }
      } else if (source.startsWith("(?P<", at)) {
        java.append("(?<");
        at += 3;
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }

  /** A text that counts how often it is looked at. */
  private static final class BoundedLetters implements CharSequence {
    private static final int MOST_LOOKS = 20_000_000;

    private final String text;
    private final String source;
    private int looks;

    BoundedLetters(String text, String source) {
      this.text = text;
      this.source = source;
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw tooMuch(source);
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

    static UserError tooMuch(String source) {
      return new UserError(
          "The regular expression %s takes too long on an answer.".formatted(source),
          "Write it without repetitions within repetitions.");
    }
  }
}
