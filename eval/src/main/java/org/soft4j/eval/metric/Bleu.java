package org.soft4j.eval.metric;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * BLEU with one reference an item (Papineni et al. 2002), as sacrebleu computes it with exponential
 * smoothing and no effective order (Post 2018).
 */
public final class Bleu {
  private static final int ORDER = 4;

  /** Written words, right words, then matches and totals of every order. */
  private static final int COUNTS = 2 + 2 * ORDER;

  private static final Pattern BEFORE_PUNCTUATION = Pattern.compile("(\\P{N})(\\p{P})");
  private static final Pattern AFTER_PUNCTUATION = Pattern.compile("(\\p{P})(\\P{N})");
  private static final Pattern SYMBOL = Pattern.compile("(\\p{S})");
  private static final Pattern ASCII = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern AFTER_OTHERS = Pattern.compile("([^0-9])([.,])");
  private static final Pattern BEFORE_OTHERS = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");

  private Bleu() {}

  /**
   * BLEU of one sentence in points of a hundred, with {@code tokenize=intl}; 0 where no word is in
   * common.
   */
  public static double of(String hypothesis, String reference) {
    return score(counts(international(hypothesis), international(reference)));
  }

  /** BLEU of a corpus with the words of mteval-v13a, as {@code sacrebleu.corpus_bleu} has it. */
  static Aggregate.Statistic ofCorpus(List<List<Object>> pairs) {
    return CorpusCounts.over(
        pairs, (written, right) -> counts(words(written), words(right)), Bleu::score);
  }

  private static long[] counts(List<String> written, List<String> right) {
    long[] counts = new long[COUNTS];
    counts[0] = written.size();
    counts[1] = right.size();
    for (int n = 1; n <= ORDER; n++) {
      Map<List<String>, Integer> allowed = CorpusCounts.grams(right, n);
      counts[1 + n] = CorpusCounts.common(CorpusCounts.grams(written, n), allowed);
      counts[1 + ORDER + n] = Math.max(0, written.size() - n + 1);
    }
    return counts;
  }

  private static double score(long[] counts) {
    boolean none = true;
    double logs = 0;
    double halving = 1;
    for (int n = 1; n <= ORDER; n++) {
      long matches = counts[1 + n];
      long total = counts[1 + ORDER + n];
      none &= matches == 0;
      if (total == 0) {
        return 0;
      }
      // Each order without a match gets half of what the one before got.
      halving *= matches == 0 ? 2 : 1;
      logs += Math.log(matches == 0 ? 100 / (halving * total) : 100.0 * matches / total);
    }
    double brevity = counts[0] < counts[1] ? Math.exp(1 - (double) counts[1] / counts[0]) : 1;
    return none ? 0 : brevity * Math.exp(logs / ORDER);
  }

  /** Words with punctuation and symbols set apart, except punctuation between digits. */
  static List<String> international(String text) {
    String apart =
        BEFORE_PUNCTUATION.matcher(CorpusCounts.withoutTrailingSpace(text)).replaceAll("$1 $2 ");
    apart = AFTER_PUNCTUATION.matcher(apart).replaceAll(" $1 $2");
    return PythonText.words(SYMBOL.matcher(apart).replaceAll(" $1 "));
  }

  /** The words of mteval-v13a, WMT's tokenizer. */
  static List<String> words(String text) {
    String line = CorpusCounts.withoutTrailingSpace(text).replace("<skipped>", "");
    line = line.replace("-\n", "").replace('\n', ' ');
    line = line.replace("&quot;", "\"").replace("&amp;", "&");
    line = " " + line.replace("&lt;", "<").replace("&gt;", ">") + " ";
    line = ASCII.matcher(line).replaceAll(" $1 ");
    line = AFTER_OTHERS.matcher(line).replaceAll("$1 $2 ");
    line = BEFORE_OTHERS.matcher(line).replaceAll(" $1 $2");
    return PythonText.words(DASH.matcher(line).replaceAll("$1 $2 "));
  }
}
