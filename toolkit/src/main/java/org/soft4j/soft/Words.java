package org.soft4j.soft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as lower-case words, for comparisons that punctuation and case must not hide. */
final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private Words() {}

  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** The words joined by single spaces. */
  static String normal(String text) {
    return String.join(" ", of(text));
  }

  /** Every run of n words, in order, repeats included. */
  static List<String> runs(List<String> words, int n) {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i + n <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + n)));
    }
    return runs;
  }

  static Set<String> runSet(String text, int n) {
    return new HashSet<>(runs(of(text), n));
  }
}
