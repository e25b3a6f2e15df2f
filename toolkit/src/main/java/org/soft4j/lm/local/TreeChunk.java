package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.List;

/**
 * Some nodes of a prefix tree, consecutive in depth-first order, that are computed together.
 *
 * @param plan four rows: token, position, first node after the node's subtree, number of nodes of
 *     the cached path that are its ancestors
 * @param size number of nodes
 * @param past length of the cached path
 * @param keep nodes that join the cached path
 */
record TreeChunk(long[][] plan, int size, int past, long[] keep) {
  /** More pieces than these cost more calls than a mask costs. */
  private static final int MOST_PIECES = 12;

  /**
   * Hands the chunk to a call: plan, past, keep, spans and runs.
   *
   * @param divided whether attention may be divided; else spans and runs are empty
   */
  NativeCall addTo(NativeCall call, boolean divided) {
    List<long[]> spans = divided ? spans() : List.of();
    List<long[]> runs = spans.isEmpty() ? List.of() : runs();
    return call.matrix(plan, size)
        .number(past)
        .vector(keep)
        .matrix(columns(spans, 3), spans.size())
        .matrix(columns(runs, 3), runs.size());
  }

  /**
   * Neighbours with as many ancestors on the cached path: first node, node after the last, that
   * number. None if there are too many.
   */
  List<long[]> spans() {
    List<long[]> spans = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      if (node == 0 || plan[3][node] != plan[3][node - 1]) {
        spans.add(new long[] {node, node, plan[3][node]});
      }
      spans.get(spans.size() - 1)[1] = node + 1;
    }
    return spans.size() > MOST_PIECES ? List.of() : spans;
  }

  /**
   * Chains, each of which begins on the cached path and has no branches: first node, node after the
   * last, ancestors on the cached path. None if the chunk does not consist of such chains, or if
   * there are too many.
   */
  List<long[]> runs() {
    List<long[]> runs = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      boolean begins = plan[1][node] == plan[3][node];
      if (begins) {
        runs.add(new long[] {node, node, plan[3][node]});
      } else if (plan[1][node] != plan[1][node - 1] + 1 || plan[3][node] != plan[3][node - 1]) {
        return List.of();
      }
      runs.get(runs.size() - 1)[1] = node + 1;
    }
    return runs.size() > MOST_PIECES ? List.of() : runs;
  }

  private static long[][] columns(List<long[]> entries, int rows) {
    long[][] columns = new long[rows][entries.size()];
    for (int i = 0; i < entries.size(); i++) {
      for (int row = 0; row < rows; row++) {
        columns[row][i] = entries.get(i)[row];
      }
    }
    return columns;
  }
}
