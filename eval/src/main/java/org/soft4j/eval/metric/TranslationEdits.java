package org.soft4j.eval.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.soft4j.lm.template.value.PythonText;

/**
 * Translation edit rate of a corpus (Snover et al. 2006), as {@code sacrebleu.corpus_ter} computes
 * it by default: small letters, words between white space. Items give the right text and the
 * written one.
 */
final class TranslationEdits {
  private static final int MOST_TOGETHER = 10;
  private static final int MOST_DISTANCE = 50;
  private static final int MOST_TRIED = 1000;

  private final List<String> right;
  private int tried;

  private TranslationEdits(List<String> right) {
    this.right = right;
  }

  static Aggregate.Statistic of(List<List<Object>> pairs) {
    return CorpusCounts.over(
        pairs, (written, right) -> counts(words(written), words(right)), TranslationEdits::score);
  }

  private static List<String> words(String text) {
    return PythonText.words(text.toLowerCase(Locale.ROOT));
  }

  private static double score(long[] counts) {
    return counts[1] > 0 ? 100 * ((double) counts[0] / counts[1]) : counts[0] > 0 ? 100 : 0;
  }

  /** Edits, and words of the right text. */
  private static long[] counts(List<String> written, List<String> right) {
    return right.isEmpty()
        ? new long[] {written.size(), 0}
        : new long[] {new TranslationEdits(right).edits(written), right.size()};
  }

  /** Shifts words as long as that spares edits; each shift is an edit too. */
  private int edits(List<String> written) {
    int shifts = 0;
    EditTable table = EditTable.of(written, right);
    while (true) {
      Shift best = best(table);
      if (tried >= MOST_TRIED || best == null || best.spared <= 0) {
        return shifts + table.distance();
      }
      shifts++;
      table = EditTable.of(best.words, right);
    }
  }

  /** Words in another order; of equally good ones that of the most words, then the earliest. */
  private record Shift(int spared, int length, int from, int to, List<String> words) {
    boolean betterThan(Shift other) {
      if (other == null || spared != other.spared) {
        return other == null || spared > other.spared;
      }
      if (length != other.length) {
        return length > other.length;
      }
      return from != other.from ? from < other.from : to < other.to;
    }
  }

  private Shift best(EditTable table) {
    Alignment aligned = Alignment.of(table.trace(), right.size(), table.words().size());
    Shift best = null;
    for (int from = 0; from < table.words().size(); from++) {
      int last = Math.min(right.size() - 1, from + MOST_DISTANCE);
      for (int at = Math.max(0, from - MOST_DISTANCE); at <= last; at++) {
        int same = same(table.words(), from, at);
        for (int length = 1; length <= same; length++) {
          if (aligned.worthwhile(from, at, length)) {
            best = better(best, table, aligned, from, at, length);
            if (tried >= MOST_TRIED) {
              return best;
            }
          }
        }
      }
    }
    return best;
  }

  /** How many words are the same from here on. */
  private int same(List<String> words, int from, int at) {
    int same = 0;
    while (same < MOST_TOGETHER
        && from + same < words.size()
        && at + same < right.size()
        && words.get(from + same).equals(right.get(at + same))) {
      same++;
    }
    return same;
  }

  /** Tries all places that such words may go to. */
  private Shift better(
      Shift before, EditTable table, Alignment aligned, int from, int at, int length) {
    Shift best = before;
    int previous = -1;
    for (int offset = -1; offset < length && at + offset < right.size(); offset++) {
      int to = at + offset == -1 ? 0 : aligned.places()[at + offset] + 1;
      if (to != previous) {
        previous = to;
        List<String> words = shifted(table.words(), from, length, to);
        int spared = table.distance() - table.distance(words, Math.min(from, to));
        Shift shift = new Shift(spared, length, from, to, words);
        tried++;
        best = shift.betterThan(best) ? shift : best;
      }
    }
    return best;
  }

  private static List<String> shifted(List<String> words, int from, int length, int to) {
    List<String> shifted = new ArrayList<>(words.size());
    int until = from + length;
    if (to < from) {
      shifted.addAll(words.subList(0, to));
      shifted.addAll(words.subList(from, until));
      shifted.addAll(words.subList(to, from));
      shifted.addAll(words.subList(until, words.size()));
    } else {
      int next = Math.min(to > until ? to : length + to, words.size());
      shifted.addAll(words.subList(0, from));
      shifted.addAll(words.subList(until, next));
      shifted.addAll(words.subList(from, until));
      shifted.addAll(words.subList(next, words.size()));
    }
    return shifted;
  }

  /**
   * Which written word stands for which right one, read from the edits between the two.
   *
   * @param places for each right word the written one, -1 before the first
   * @param rightErrors for each right word, whether it is not there
   * @param writtenErrors for each written word, whether it is wrong
   */
  private record Alignment(int[] places, boolean[] rightErrors, boolean[] writtenErrors) {
    /**
     * Reads a trace.
     *
     * @param trace edits that make the right words of the written ones
     */
    static Alignment of(String trace, int right, int written) {
      Alignment aligned = new Alignment(new int[right], new boolean[right], new boolean[written]);
      int inRight = -1;
      int inWritten = -1;
      for (char edit : trace.toCharArray()) {
        // The trace makes right words of written ones: what it inserts is only among the right.
        inWritten += edit == EditTable.INSERT ? 0 : 1;
        inRight += edit == EditTable.DELETE ? 0 : 1;
        if (edit != EditTable.DELETE) {
          aligned.places[inRight] = inWritten;
          aligned.rightErrors[inRight] = edit != EditTable.KEEP;
        }
        if (edit != EditTable.INSERT) {
          aligned.writtenErrors[inWritten] = edit != EditTable.KEEP;
        }
      }
      return aligned;
    }

    /** Whether words are wrong where they stand and missing where they would go to. */
    boolean worthwhile(int from, int at, int length) {
      boolean within = from <= places[at] && places[at] < from + length;
      return any(writtenErrors, from, length) && any(rightErrors, at, length) && !within;
    }

    private static boolean any(boolean[] errors, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (errors[i]) {
          return true;
        }
      }
      return false;
    }
  }
}
