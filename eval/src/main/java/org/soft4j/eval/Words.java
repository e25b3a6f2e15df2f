package org.soft4j.eval;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as lower-case words, for comparisons that punctuation and case must not hide.
 *
 * <p>A word is a run of letters and digits with the marks on them, so that a vowel sign or an
 * accent of its own code point splits nothing. Where a script writes no spaces (Chinese, Japanese,
 * Thai, Lao, Khmer, Burmese), such a run is divided by ICU's dictionaries (Unicode Standard Annex
 * 29), which are part of its jar: no locale and no locale data of the JDK changes a result. An
 * emoji, whatever it is joined from, is a word. Other signs are words only where a text has nothing
 * else: an answer {@code +} is one, an answer {@code ...} is none.
 */
public final class Words {
  /** In a word, a joiner or non-joiner stands between letters; at its end it is nothing. */
  private static final Pattern WORD =
      Pattern.compile(
          "(?<word>[\\p{L}\\p{N}]"
              + "(?:[\\p{L}\\p{N}\\p{M}]|[\\u200c\\u200d]+(?=[\\p{L}\\p{N}\\p{M}]))*)"
              + "|(?<signs>[\\x{2190}-\\x{2BFF}\\x{3030}\\x{303D}\\x{3297}\\x{3299}"
              + "\\x{1F000}-\\x{1FAFF}]"
              + "[\\p{M}\\p{Cf}\\x{2190}-\\x{2BFF}\\x{1F000}-\\x{1FAFF}]*)");

  private static final Pattern BLANK = Pattern.compile("\\s+");

  private static final Set<Integer> UNSPACED =
      Set.of(
          UScript.HAN,
          UScript.HIRAGANA,
          UScript.KATAKANA,
          UScript.THAI,
          UScript.LAO,
          UScript.KHMER,
          UScript.MYANMAR);

  private Words() {}

  /** The words in order; a text without letters, digits and emoji gives its signs. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    String folded = folded(text);
    Matcher matcher = WORD.matcher(folded);
    while (matcher.find()) {
      String run = matcher.group();
      if (matcher.group("signs") != null) {
        segments(run).stream().filter(Words::emoji).forEach(words::add);
      } else if (unspaced(run)) {
        words.addAll(segments(run));
      } else {
        words.add(run);
      }
    }
    return words.isEmpty() ? signs(folded.strip()) : words;
  }

  /**
   * How many words a text has for a person who counts: what stands between spaces, and in scripts
   * without spaces the words of the dictionary.
   */
  public static int count(String text) {
    return BLANK
        .splitAsStream(text.strip())
        .filter(part -> !part.isEmpty())
        .mapToInt(part -> unspaced(part) ? of(part).size() : 1)
        .sum();
  }

  /** In lower case, and composed: an accent is the same whether it is written apart or not. */
  public static String folded(String text) {
    return Normalizer2.getNFCInstance().normalize(text.toLowerCase(Locale.ROOT));
  }

  private static boolean unspaced(String run) {
    return run.codePoints().anyMatch(c -> UNSPACED.contains(UScript.getScript(c)));
  }

  private static boolean emoji(String segment) {
    return UCharacter.hasBinaryProperty(segment.codePointAt(0), UProperty.EMOJI);
  }

  /** Symbols such as + and =; of punctuation, a lone sign that ends or brackets no sentence. */
  private static List<String> signs(String text) {
    List<String> segments = segments(text);
    return segments.stream()
        .filter(
            s -> symbol(s.codePointAt(0)) || (segments.size() == 1 && operator(s.codePointAt(0))))
        .toList();
  }

  private static boolean symbol(int codePoint) {
    return switch (UCharacter.getType(codePoint)) {
      case UCharacter.MATH_SYMBOL,
          UCharacter.CURRENCY_SYMBOL,
          UCharacter.MODIFIER_SYMBOL,
          UCharacter.OTHER_SYMBOL ->
          true;
      default -> false;
    };
  }

  private static boolean operator(int codePoint) {
    return UCharacter.getType(codePoint) == UCharacter.OTHER_PUNCTUATION
        && !UCharacter.hasBinaryProperty(codePoint, UProperty.TERMINAL_PUNCTUATION)
        && !UCharacter.hasBinaryProperty(codePoint, UProperty.QUOTATION_MARK);
  }

  /** What lies between the word boundaries of the Unicode standard. */
  private static List<String> segments(String text) {
    BreakIterator borders = BreakIterator.getWordInstance(ULocale.ROOT);
    borders.setText(text);
    List<String> segments = new ArrayList<>();
    int start = borders.first();
    for (int end = borders.next(); end != BreakIterator.DONE; end = borders.next()) {
      segments.add(text.substring(start, end));
      start = end;
    }
    return segments;
  }

  /**
   * The words joined by single spaces; a text without words as it is, which equals itself alone.
   */
  public static String normal(String text) {
    List<String> words = of(text);
    return words.isEmpty() ? text.strip() : String.join(" ", words);
  }

  /** Every run of n words, in order, repeats included. */
  public static List<String> runs(List<String> words, int n) {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i + n <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + n)));
    }
    return runs;
  }

  public static Set<String> runSet(String text, int n) {
    return new HashSet<>(runs(of(text), n));
  }
}
