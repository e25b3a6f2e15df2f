package org.soft4j.eval.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * BLEU of one sentence against one reference (Papineni et al. 2002), as sacrebleu computes it with
 * {@code tokenize=intl, smooth_method=exp} and no effective order (Post 2018).
 */
public final class Bleu {
  private static final int ORDER = 4;
  private static final Pattern BEFORE_PUNCTUATION = Pattern.compile("(\\P{N})(\\p{P})");
  private static final Pattern AFTER_PUNCTUATION = Pattern.compile("(\\p{P})(\\P{N})");
  private static final Pattern SYMBOL = Pattern.compile("(\\p{S})");

  private Bleu() {}

  /** BLEU in points of a hundred; 0 where no word is in common. */
  public static double of(String hypothesis, String reference) {
    List<String> written = tokens(hypothesis);
    List<String> wanted = tokens(reference);
    double[] matches = new double[ORDER];
    double[] totals = new double[ORDER];
    for (int n = 1; n <= ORDER; n++) {
      Map<List<String>, Integer> found = grams(written, n);
      Map<List<String>, Integer> allowed = grams(wanted, n);
      totals[n - 1] = Math.max(0, written.size() - n + 1);
      matches[n - 1] =
          found.entrySet().stream()
              .mapToInt(e -> Math.min(e.getValue(), allowed.getOrDefault(e.getKey(), 0)))
              .sum();
    }
    if (Arrays.stream(matches).allMatch(m -> m == 0) || totals[ORDER - 1] == 0) {
      return 0;
    }
    return brevity(written.size(), wanted.size()) * Math.exp(meanLog(matches, totals));
  }

  /** Each order without a match gets half of what the one before got. */
  private static double meanLog(double[] matches, double[] totals) {
    double sum = 0;
    double halving = 1;
    for (int n = 0; n < ORDER; n++) {
      if (matches[n] == 0) {
        halving *= 2;
        sum += Math.log(100 / (halving * totals[n]));
      } else {
        sum += Math.log(100 * matches[n] / totals[n]);
      }
    }
    return sum / ORDER;
  }

  private static double brevity(int written, int wanted) {
    return written < wanted ? Math.exp(1 - (double) wanted / written) : 1;
  }

  private static Map<List<String>, Integer> grams(List<String> tokens, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= tokens.size(); i++) {
      counts.merge(tokens.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  /** Words with punctuation and symbols set apart, except punctuation between digits. */
  static List<String> tokens(String text) {
    String apart = BEFORE_PUNCTUATION.matcher(Counts.withoutTrailingSpace(text)).replaceAll("$1 $2 ");
    apart = AFTER_PUNCTUATION.matcher(apart).replaceAll(" $1 $2");
    apart = SYMBOL.matcher(apart).replaceAll(" $1 ");
    return Counts.words(apart);
  }
}
