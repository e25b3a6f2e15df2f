package org.soft4j.eval.metric;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * ROUGE F1 of a text against one reference (Lin 2004), as Google's rouge_score computes it without
 * stemming. All values are shares of one.
 */
public final class Rouge {
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

  private Rouge() {}

  /** ROUGE-n: n-grams in common. */
  public static double n(String text, String reference, int n) {
    Map<List<String>, Integer> written = CorpusCounts.grams(tokens(text), n);
    Map<List<String>, Integer> wanted = CorpusCounts.grams(tokens(reference), n);
    return f1(
        CorpusCounts.common(wanted, written),
        CorpusCounts.size(written),
        CorpusCounts.size(wanted));
  }

  /**
   * ROUGE-Lsum: for each line of the reference the union of its longest common subsequences with
   * the lines of the text; every word counts at most as often as it stands in both.
   */
  public static double lsum(String text, String reference) {
    List<List<String>> written = lines(text);
    List<List<String>> wanted = lines(reference);
    Map<List<String>, Integer> left =
        CorpusCounts.grams(written.stream().flatMap(List::stream).toList(), 1);
    Map<List<String>, Integer> due =
        CorpusCounts.grams(wanted.stream().flatMap(List::stream).toList(), 1);
    int hits = 0;
    for (List<String> line : wanted) {
      for (String word : union(line, written)) {
        List<String> key = List.of(word);
        if (left.getOrDefault(key, 0) > 0 && due.getOrDefault(key, 0) > 0) {
          hits++;
          left.merge(key, -1, Integer::sum);
          due.merge(key, -1, Integer::sum);
        }
      }
    }
    return f1(
        hits,
        written.stream().mapToInt(List::size).sum(),
        wanted.stream().mapToInt(List::size).sum());
  }

  private static List<String> union(List<String> line, List<List<String>> others) {
    TreeSet<Integer> places = new TreeSet<>();
    others.forEach(other -> places.addAll(common(line, other)));
    return places.stream().map(line::get).toList();
  }

  /** Places in the first sequence that make up a longest common subsequence. */
  private static List<Integer> common(List<String> first, List<String> second) {
    int[][] length = new int[first.size() + 1][second.size() + 1];
    for (int i = 1; i <= first.size(); i++) {
      for (int j = 1; j <= second.size(); j++) {
        length[i][j] =
            first.get(i - 1).equals(second.get(j - 1))
                ? length[i - 1][j - 1] + 1
                : Math.max(length[i - 1][j], length[i][j - 1]);
      }
    }
    Stream.Builder<Integer> places = Stream.builder();
    int i = first.size();
    int j = second.size();
    // Of several longest ones, rouge_score's is this: back along the first sequence on ties.
    while (i > 0 && j > 0) {
      if (first.get(i - 1).equals(second.get(j - 1))) {
        places.add(i - 1);
        i--;
        j--;
      } else if (length[i][j - 1] > length[i - 1][j]) {
        j--;
      } else {
        i--;
      }
    }
    return places.build().toList();
  }

  private static double f1(int common, int written, int wanted) {
    double precision = common / (double) Math.max(written, 1);
    double recall = common / (double) Math.max(wanted, 1);
    return common == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  private static List<List<String>> lines(String text) {
    return Stream.of(text.split("\n")).filter(line -> !line.isEmpty()).map(Rouge::tokens).toList();
  }

  private static List<String> tokens(String text) {
    return OTHER
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(token -> !token.isEmpty())
        .toList();
  }
}
