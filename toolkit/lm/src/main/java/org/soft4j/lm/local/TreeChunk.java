package org.soft4j.lm.local;

import static org.soft4j.lm.local.TreeLayout.GROUP_ANCESTORS;
import static org.soft4j.lm.local.TreeLayout.GROUP_CHAIN;
import static org.soft4j.lm.local.TreeLayout.GROUP_END;
import static org.soft4j.lm.local.TreeLayout.GROUP_FIRST;
import static org.soft4j.lm.local.TreeLayout.GROUP_ROWS;
import static org.soft4j.lm.local.TreeLayout.NODE_ANCESTORS;
import static org.soft4j.lm.local.TreeLayout.NODE_POSITION;
import static org.soft4j.lm.local.TreeLayout.SPAN_END;
import static org.soft4j.lm.local.TreeLayout.SPAN_ROWS;
import static org.soft4j.lm.local.TreeLayout.columns;

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
        .matrix(columns(spans, SPAN_ROWS), spans.size())
        .matrix(columns(groups, GROUP_ROWS), groups.size());
  }

  /**
   * Neighbours with as many ancestors on the cached path: first node, node after the last, that
   * number. None if there are too many.
   */
  List<long[]> spans() {
    List<long[]> spans = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      long ancestors = plan[NODE_ANCESTORS][node];
      if (node == 0 || ancestors != plan[NODE_ANCESTORS][node - 1]) {
        spans.add(new long[] {node, node, ancestors});
      }
      spans.get(spans.size() - 1)[SPAN_END] = node + 1;
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
      long ancestors = plan[NODE_ANCESTORS][node];
      long[] positions = plan[NODE_POSITION];
      boolean begins = positions[node] == ancestors;
      if (begins && (groups.isEmpty() || !joins(groups.get(groups.size() - 1), ancestors))) {
        groups.add(new long[] {node, node, ancestors, 1});
      }
      long[] group = groups.get(groups.size() - 1);
      boolean follows = node == group[GROUP_FIRST] || positions[node] == positions[node - 1] + 1;
      group[GROUP_END] = node + 1;
      group[GROUP_CHAIN] = follows ? group[GROUP_CHAIN] : 0;
    }
    return groups;
  }

  private static boolean joins(long[] group, long ancestors) {
    return group[GROUP_ANCESTORS] == ancestors
        && group[GROUP_END] - group[GROUP_FIRST] < LEAST_GROUP;
  }
}
