package org.soft4j.eval.metric;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * Mean F1 of the words of answers, as SQuAD's evaluation (Rajpurkar et al. 2016) and the function
 * {@code f1} of afrobench/afriqa's utils.py measure it. Items give the right text and the written
 * one.
 */
final class WordOverlap {
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");
  private static final PythonPattern ARTICLES = new PythonPattern("\\b(a|an|the)\\b");

  private WordOverlap() {}

  static Aggregate.Statistic of(List<List<Object>> pairs) {
    double[] values =
        pairs.stream()
            .mapToDouble(pair -> of((String) pair.get(1), (String) pair.get(0)))
            .toArray();
    return Likelihoods.mean(values);
  }

  private static double of(String written, String right) {
    List<String> found = words(written);
    List<String> wanted = words(right);
    int same = CorpusCounts.common(CorpusCounts.grams(found, 1), CorpusCounts.grams(wanted, 1));
    if (same == 0) {
      return 0;
    }
    double precision = (double) same / found.size();
    double recall = (double) same / wanted.size();
    return 2 * precision * recall / (precision + recall);
  }

  private static List<String> words(String text) {
    String plain = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return PythonText.words(ARTICLES.replaced(plain, " "));
  }
}
