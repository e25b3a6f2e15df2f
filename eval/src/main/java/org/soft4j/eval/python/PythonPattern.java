package org.soft4j.eval.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.soft4j.core.BoundedPattern;

/** A regular expression of Python's re, which comes with a task file: its work is bounded. */
public final class PythonPattern {
  private static final int FLAGS =
      Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS; // the latter for (?i) beyond ASCII

  /** Python's letters of a word are those of str.isalnum(): no marks, which Java takes too. */
  private static final String WORD = "\\p{L}\\p{N}_";

  private static final String NO_WORD =
      "\\p{M}\\p{Z}\\p{S}\\p{C}\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}"
          + "\\u203f\\u2040\\u2054\\ufe33\\ufe34\\ufe4d-\\ufe4f\\uff3f";
  private static final String SPACE =
      "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  private static final String NO_SPACE =
      "\\x00-\\x08\\x0e-\\x1b\\x21-\\x84\\x86-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027"
          + "\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\x{10ffff}";

  /** A letter beyond 16 bits, without which Java looks behind by half a letter. */
  private static final String WIDE = "\uD835\uDC9C";

  private static final String BEFORE = "(?<=[" + WORD + WIDE + "])";
  private static final String NOT_BEFORE = "(?<![" + WORD + WIDE + "])";
  private static final String AFTER = "(?=[" + WORD + "])";
  private static final String NOT_AFTER = "(?![" + WORD + "])";
  private static final String BORDER = "(?:" + NOT_BEFORE + AFTER + "|" + BEFORE + NOT_AFTER + ")";
  private static final String NO_BORDER =
      "(?:(?!\\A\\z|\\p{Cs})" + NOT_BEFORE + NOT_AFTER + "|" + BEFORE + AFTER + ")";

  private final BoundedPattern pattern;

  /**
   * Takes an expression.
   *
   * @throws PatternSyntaxException for one that Java does not read the same way
   */
  public PythonPattern(String source) {
    this.pattern = BoundedPattern.of(source, translated(source), FLAGS);
  }

  /** What re.findall gives: for each match its groups, or the whole where there are none. */
  public List<List<String>> findAll(String text) {
    return pattern.all(text).stream().map(PythonPattern::groups).toList();
  }

  private static List<String> groups(MatchResult match) {
    List<String> groups = new ArrayList<>();
    for (int i = match.groupCount() == 0 ? 0 : 1; i <= match.groupCount(); i++) {
      groups.add(match.group(i) == null ? "" : match.group(i));
    }
    return groups;
  }

  /** What re.sub(pattern, "", text) gives. */
  public String removedFrom(String text) {
    return replaced(text, "");
  }

  /** What re.sub(pattern, replacement, text) gives for a replacement without escapes. */
  public String replaced(String text, String replacement) {
    return pattern.replaced(text, replacement);
  }

  /**
   * Java reads [ and && within a class as set operations, writes named groups otherwise, and means
   * other letters by some escapes.
   */
  private static String translated(String source) {
    StringBuilder java = new StringBuilder();
    boolean inClass = false;
    for (int at = 0; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == '\\' && at + 1 < source.length()) {
        char next = source.charAt(++at);
        java.append(inClass ? escapedInClass(next) : escaped(next));
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

  private static String escaped(char letter) {
    return switch (letter) {
      case 'w' -> "[" + WORD + "]";
      case 'W' -> "[^" + WORD + "]";
      case 's' -> "[" + SPACE + "]";
      case 'S' -> "[^" + SPACE + "]";
      case 'b' -> BORDER;
      case 'B' -> NO_BORDER;
      case 'Z' -> "\\z";
      default -> plain(letter);
    };
  }

  private static String escapedInClass(char letter) {
    return switch (letter) {
      case 'w' -> WORD;
      case 'W' -> NO_WORD;
      case 's' -> SPACE;
      case 'S' -> NO_SPACE;
      case 'b' -> "\\x08";
      default -> plain(letter);
    };
  }

  private static String plain(char letter) {
    return switch (letter) {
      case 'd' -> "\\p{Nd}";
      case 'D' -> "\\P{Nd}";
      case 'v' -> "\\x0b";
      default -> "\\" + letter;
    };
  }
}
