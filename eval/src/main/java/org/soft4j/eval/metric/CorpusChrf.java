package org.soft4j.eval.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.soft4j.lm.template.value.PythonText;

/**
 * chrF of a corpus with one reference an item (Popović 2015), as {@code sacrebleu.corpus_chrf}
 * computes it by default: characters up to six, blanks left out, recall twice as heavy; with words
 * up to two it is chrF++ (Popović 2017). Items give the right text and the written one.
 */
final class CorpusChrf {
  private static final int CHARACTERS = 6;
  private static final double RECALL = 4; // beta squared
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private CorpusChrf() {}

  /**
   * Prepares the score.
   *
   * @param words highest number of words in a row that count; 0 for characters alone
   */
  static Aggregate.Statistic of(List<List<Object>> pairs, int words) {
    return CorpusCounts.over(
        pairs, (written, right) -> counts(written, right, words), CorpusChrf::score);
  }

  /** Written, right and common grams of every order. */
  private static long[] counts(String written, String right, int words) {
    List<Map<String, Integer>> found = grams(written, words);
    List<Map<String, Integer>> allowed = grams(right, words);
    long[] counts = new long[3 * found.size()];
    for (int order = 0; order < found.size(); order++) {
      Map<String, Integer> reference = allowed.get(order);
      // What cannot be found is no miss.
      counts[3 * order] = reference.isEmpty() ? 0 : CorpusCounts.size(found.get(order));
      counts[3 * order + 1] = CorpusCounts.size(reference);
      counts[3 * order + 2] = CorpusCounts.common(found.get(order), reference);
    }
    return counts;
  }

  private static double score(long[] counts) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int at = 0; at < counts.length; at += 3) {
      if (counts[at] > 0 && counts[at + 1] > 0) {
        precision += (double) counts[at + 2] / counts[at];
        recall += (double) counts[at + 2] / counts[at + 1];
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    return 100 * ((1 + RECALL) * precision * recall / (RECALL * precision + recall));
  }

  private static List<Map<String, Integer>> grams(String text, int words) {
    List<String> apart = PythonText.words(text);
    List<String> characters = characters(String.join("", apart));
    List<Map<String, Integer>> grams = new ArrayList<>();
    IntStream.rangeClosed(1, CHARACTERS).forEach(n -> grams.add(grams(characters, n, "")));
    List<String> split = apart.stream().flatMap(word -> split(word).stream()).toList();
    IntStream.rangeClosed(1, words).forEach(n -> grams.add(grams(split, n, " ")));
    return grams;
  }

  private static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  private static Map<String, Integer> grams(List<String> parts, int n, String between) {
    Map<String, Integer> grams = new HashMap<>();
    for (int i = 0; i + n <= parts.size(); i++) {
      grams.merge(String.join(between, parts.subList(i, i + n)), 1, Integer::sum);
    }
    return grams;
  }

  /** Punctuation at the end of a word, or else at its beginning, stands apart. */
  private static List<String> split(String word) {
    if (word.codePointCount(0, word.length()) == 1) {
      return List.of(word);
    }
    int last = word.length() - 1;
    if (PUNCTUATION.indexOf(word.charAt(last)) >= 0) {
      return List.of(word.substring(0, last), word.substring(last));
    }
    return PUNCTUATION.indexOf(word.charAt(0)) >= 0
        ? List.of(word.substring(0, 1), word.substring(1))
        : List.of(word);
  }
}
