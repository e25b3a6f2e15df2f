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
  /** More spans than these cost more calls than a mask costs. */
  private static final int MOST_SPANS = 12;

  /** A group of fewer nodes takes in the next subtree. */
  private static final int LEAST_GROUP = 64;

  /**
   * Hands the chunk to a call: plan, past, keep, spans and groups.
   *
   * @param divided whether attention may be divided; else spans and groups are empty
   */
  NativeCall addTo(NativeCall call, boolean divided) {
    List<long[]> spans = divided ? spans() : List.of();
    List<long[]> groups = spans.isEmpty() ? List.of() : groups();
    return call.matrix(plan, size)
        .number(past)
        .vector(keep)
        .matrix(columns(spans, 3), spans.size())
        .matrix(columns(groups, 4), groups.size());
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
    return spans.size() > MOST_SPANS ? List.of() : spans;
  }

  /**
   * Neighbouring subtrees of the chunk, which see nothing of one another: first node, node after
   * the last, ancestors on the cached path, and 1 for a single one without branches, else 0. Small
   * subtrees of the same ancestors stand together, since each group costs calls of its own.
   */
  List<long[]> groups() {
    List<long[]> groups = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      boolean begins = plan[1][node] == plan[3][node];
      if (begins && (groups.isEmpty() || !joins(groups.get(groups.size() - 1), plan[3][node]))) {
        groups.add(new long[] {node, node, plan[3][node], 1});
      }
      long[] group = groups.get(groups.size() - 1);
      boolean follows = node == group[0] || plan[1][node] == plan[1][node - 1] + 1;
      group[1] = node + 1;
      group[3] = follows ? group[3] : 0;
    }
    return groups;
  }

  private static boolean joins(long[] group, long shared) {
    return group[2] == shared && group[1] - group[0] < LEAST_GROUP;
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
