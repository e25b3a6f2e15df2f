package org.soft4j.benchmarks.instructions;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How rules part an answer; the same definitions stand in words in the benchmark's README. */
final class AnswerText {
  private static final Pattern BLANKS = Pattern.compile("(?U)\\s+");
  private static final Pattern EMPTY_LINES = Pattern.compile("\\n[ \\t]*\\n\\s*");
  // A mark may stand within quotes or brackets that close behind it.
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?]+[\"”’')\\]]*\\s+");

  private AnswerText() {}

  /** The answer without blanks at its ends, in which all blanks but line breaks are spaces. */
  static String plain(String answer) {
    return answer.replaceAll("\\R", "\n").replaceAll("(?U)[\\s&&[^\n\t]]", " ").strip();
  }

  /** What stands between blanks and holds a letter or a digit. */
  static List<String> words(String text) {
    return BLANKS
        .splitAsStream(text)
        .filter(part -> part.codePoints().anyMatch(Character::isLetterOrDigit))
        .toList();
  }

  /** The lines that are not blank, without the blanks at both ends. */
  static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** What stands between lines that are empty. */
  static List<String> paragraphs(String text) {
    return EMPTY_LINES.splitAsStream(text).filter(part -> !part.isBlank()).toList();
  }

  /**
   * Number of sentences: one ends at full stop, exclamation or question mark with a blank behind
   * it, unless a lower-case letter follows; parts without a letter, such as {@code 1.}, are none.
   */
  static int sentences(String text) {
    int count = 0;
    int start = 0;
    var end = SENTENCE_END.matcher(text);
    while (end.find()) {
      boolean goesOn =
          end.end() < text.length() && Character.isLowerCase(text.codePointAt(end.end()));
      if (!goesOn && letters(text.substring(start, end.end()))) {
        count++;
        start = end.end();
      }
    }
    return count + (letters(text.substring(start)) ? 1 : 0);
  }

  /** How often a word stands in a text, whatever its case, with no letter or digit beside it. */
  static int occurrences(String text, String word) {
    String beside = "[\\p{L}\\p{Nd}]";
    Pattern whole =
        Pattern.compile(
            "(?<!" + beside + ")" + Pattern.quote(word) + "(?!" + beside + ")",
            Pattern.CASE_INSENSITIVE);
    return (int) whole.matcher(text).results().count();
  }

  /** Runs of letters, in lower case. */
  static List<String> letterRuns(String text) {
    return Pattern.compile("\\P{L}+")
        .splitAsStream(text.toLowerCase(java.util.Locale.ROOT))
        .filter(run -> !run.isEmpty())
        .toList();
  }

  static boolean letters(String text) {
    return text.codePoints().anyMatch(Character::isLetter);
  }

  /**
   * The answer and its seven loose readings: without its first line, its last line, or both, each
   * as it is and without the signs of emphasis; blank ones are left out.
   */
  static Set<String> readings(String answer) {
    List<String> lines = plain(answer).lines().toList();
    List<List<String>> parts = new ArrayList<>(List.of(lines));
    if (!lines.isEmpty()) {
      parts.add(lines.subList(1, lines.size()));
      parts.add(lines.subList(0, lines.size() - 1));
    }
    if (lines.size() > 1) {
      parts.add(lines.subList(1, lines.size() - 1));
    }
    Set<String> readings = new LinkedHashSet<>();
    for (List<String> part : parts) {
      String text = String.join("\n", part).strip();
      readings.add(text);
      readings.add(text.replaceAll("[*_`]", "").strip());
    }
    return readings.stream().filter(text -> !text.isBlank()).collect(Collectors.toSet());
  }
}
