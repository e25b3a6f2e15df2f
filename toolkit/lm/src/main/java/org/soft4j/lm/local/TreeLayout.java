package org.soft4j.lm.local;

import java.util.List;

/** Rows of the matrices that describe a chunk of a prefix tree, by the names of {@code tree.py}. */
final class TreeLayout {
  static final int NODE_TOKEN = 0;
  static final int NODE_POSITION = 1;

  /** First node after the node's subtree. */
  static final int NODE_END = 2;

  /** Nodes of the cached path that are its ancestors. */
  static final int NODE_ANCESTORS = 3;

  static final int NODE_ROWS = 4;

  static final int SPAN_FIRST = 0;
  static final int SPAN_END = 1;
  static final int SPAN_ANCESTORS = 2;
  static final int SPAN_ROWS = 3;

  static final int GROUP_FIRST = 0;
  static final int GROUP_END = 1;
  static final int GROUP_ANCESTORS = 2;

  /** 1 for a single subtree without branches, else 0. */
  static final int GROUP_CHAIN = 3;

  static final int GROUP_ROWS = 4;

  static final int LEAF_SLOT = 0;

  /** Length of the cached path that is shared. */
  static final int LEAF_CACHED = 1;

  /** Last node of the chunk on the way, or -1. */
  static final int LEAF_NODE = 2;

  static final int LEAF_ROWS = 3;

  private TreeLayout() {}

  /** A row for each value of an entry, a column for each entry. */
  static long[][] columns(List<long[]> entries, int rows) {
    long[][] columns = new long[rows][entries.size()];
    for (int i = 0; i < entries.size(); i++) {
      for (int row = 0; row < rows; row++) {
        columns[row][i] = entries.get(i)[row];
      }
    }
    return columns;
  }
}
