package org.soft4j.eval.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * F1 of labelled spans such as {@code per: ada $ loc: london} over all answers, as the function
 * {@code span_f1_agg} of afrobench/masakhaner's utils.py measures it. Items give the right text and
 * the written one.
 */
final class SpanOverlap {
  private static final double SMALL = 1e-13;
  // All ASCII punctuation but the backslash, which its expression escapes away, and the bullet.
  private static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[\\]-`{-~\u2022]+");
  private static final PythonPattern ARTICLES = new PythonPattern("\\b(a|an|the)\\b");
  private static final PythonPattern GAPS = new PythonPattern("\\s{3,}|\\t");
  private static final PythonPattern SPACES = new PythonPattern("\\s+");

  private SpanOverlap() {}

  private record Span(String label, String text) {}

  static Aggregate.Statistic of(List<List<Object>> pairs) {
    return CorpusCounts.over(
        pairs, (written, right) -> counts(spans(written), spans(right)), SpanOverlap::f1);
  }

  /** Right ones, wrong ones, and those that are missing. */
  private static long[] counts(List<Span> written, List<Span> right) {
    long[] counts = new long[3];
    for (Span span : written) {
      counts[right.remove(span) ? 0 : 1]++;
    }
    counts[2] = right.size();
    return counts;
  }

  private static double f1(long[] counts) {
    double precision = counts[0] / (counts[0] + counts[1] + SMALL);
    double recall = counts[0] / (counts[0] + counts[2] + SMALL);
    return 2 * (precision * recall / (precision + recall + SMALL));
  }

  private static List<Span> spans(String text) {
    List<Span> spans = new ArrayList<>();
    for (String part : PythonText.stripped(text).split("\\$", -1)) {
      for (String sentence : PythonText.stripped(part).split("\\. ", -1)) {
        for (String entry : sentence.split(", ", -1)) {
          String[] two = PythonText.stripped(entry).split(": ", -1);
          if (two.length == 2) {
            spans.add(new Span(plain(two[0]), plain(two[1])));
          }
        }
      }
    }
    return spans;
  }

  private static String plain(String text) {
    String left = PUNCTUATION.matcher(PythonText.stripped(text)).replaceAll(" ");
    left = GAPS.removedFrom(ARTICLES.replaced(left, " "));
    return SPACES.replaced(left, " ").toLowerCase(Locale.ROOT);
  }
}
