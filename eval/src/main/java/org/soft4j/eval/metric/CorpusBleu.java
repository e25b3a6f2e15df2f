package org.soft4j.eval.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * BLEU of a corpus with one reference an item (Papineni et al. 2002), as {@code
 * sacrebleu.corpus_bleu} computes it by default: the words of mteval-v13a, exponential smoothing,
 * no effective order (Post 2018). Items give the right text and the written one.
 */
final class CorpusBleu {
  private static final int ORDER = 4;

  /** Written words, right words, then matches and totals of every order. */
  private static final int COUNTS = 2 + 2 * ORDER;

  private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern AFTER_OTHERS = Pattern.compile("([^0-9])([.,])");
  private static final Pattern BEFORE_OTHERS = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");

  private CorpusBleu() {}

  static Aggregate.Statistic of(List<List<Object>> pairs) {
    long[][] counts =
        pairs.stream()
            .map(pair -> counts((String) pair.get(1), (String) pair.get(0)))
            .toArray(long[][]::new);
    return items -> score(Counts.sum(counts, items, COUNTS));
  }

  private static long[] counts(String written, String right) {
    List<String> hypothesis = words(written);
    List<String> reference = words(right);
    long[] counts = new long[COUNTS];
    counts[0] = hypothesis.size();
    counts[1] = reference.size();
    for (int n = 1; n <= ORDER; n++) {
      Map<List<String>, Integer> found = grams(hypothesis, n);
      Map<List<String>, Integer> allowed = grams(reference, n);
      for (Map.Entry<List<String>, Integer> gram : found.entrySet()) {
        counts[1 + n] += Math.min(gram.getValue(), allowed.getOrDefault(gram.getKey(), 0));
      }
      counts[1 + ORDER + n] = Math.max(0, hypothesis.size() - n + 1);
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
      halving *= matches == 0 ? 2 : 1;
      logs += Math.log(matches == 0 ? 100 / (halving * total) : 100.0 * matches / total);
    }
    double brevity = counts[0] < counts[1] ? Math.exp(1 - (double) counts[1] / counts[0]) : 1;
    return none ? 0 : brevity * Math.exp(logs / ORDER);
  }

  private static Map<List<String>, Integer> grams(List<String> words, int n) {
    Map<List<String>, Integer> grams = new HashMap<>();
    for (int i = 0; i + n <= words.size(); i++) {
      grams.merge(words.subList(i, i + n), 1, Integer::sum);
    }
    return grams;
  }

  /** The words of mteval-v13a, WMT's tokenizer. */
  static List<String> words(String text) {
    String line = Counts.withoutTrailingSpace(text).replace("<skipped>", "");
    line = line.replace("-\n", "").replace('\n', ' ');
    line = line.replace("&quot;", "\"").replace("&amp;", "&");
    line = " " + line.replace("&lt;", "<").replace("&gt;", ">") + " ";
    line = PUNCTUATION.matcher(line).replaceAll(" $1 ");
    line = AFTER_OTHERS.matcher(line).replaceAll("$1 $2 ");
    line = BEFORE_OTHERS.matcher(line).replaceAll(" $1 $2");
    return Counts.words(DASH.matcher(line).replaceAll("$1 $2 "));
  }
}
