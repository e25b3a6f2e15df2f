package org.soft4j.lm.local;

import static org.soft4j.lm.local.TreeLayout.NODE_END;
import static org.soft4j.lm.local.TreeLayout.NODE_ROWS;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks token sequences as paths of a prefix tree: what a sequence shares with the one before is
 * not computed again. Over sorted sequences every distinct prefix is computed once.
 *
 * <p>The current path is a stack. Its lower part is cached from earlier chunks, its upper part
 * stands in the chunk being built. In depth-first order the ancestors of a node either precede the
 * chunk, and then are ancestors of the chunk's first node too, hence cached; or stand in it.
 */
final class TreeWalk {
  private final int capacity;
  private final List<long[]> nodes = new ArrayList<>(); // as columns of a chunk's plan
  private int[] tokens = new int[64];
  private int[] inChunk = new int[64]; // node of the chunk at this depth; -1 where cached
  private int depth;
  private int cached; // length of the cached part of the current path
  private int past; // length of the cached path, also where the current path has left it
  private boolean referred;

  /**
   * Starts at the root.
   *
   * @param capacity nodes in a chunk
   */
  TreeWalk(int capacity) {
    this.capacity = capacity;
  }

  /** Leaves the part of the path that the sequence does not share; returns what it shares. */
  int share(int[] sequence) {
    int common = 0;
    while (common < depth && common < sequence.length && tokens[common] == sequence[common]) {
      common++;
    }
    while (depth > common) {
      depth--;
      if (inChunk[depth] >= 0) {
        nodes.get(inChunk[depth])[NODE_END] = nodes.size();
      }
    }
    cached = Math.min(cached, depth);
    if (nodes.isEmpty() && !referred) {
      past = cached;
    }
    return common;
  }

  boolean full() {
    return nodes.size() >= capacity;
  }

  int size() {
    return nodes.size();
  }

  /** Goes down by one token; the chunk must not be full. */
  void push(int token) {
    if (depth == tokens.length) {
      tokens = java.util.Arrays.copyOf(tokens, 2 * depth);
      inChunk = java.util.Arrays.copyOf(inChunk, 2 * depth);
    }
    tokens[depth] = token;
    inChunk[depth] = nodes.size();
    nodes.add(new long[] {token, depth, 0, cached});
    depth++;
  }

  /** The node at a depth of the current path, counted through the cached path and the chunk. */
  int row(int at) {
    referred = true;
    return inChunk[at] < 0 ? at : past + inChunk[at];
  }

  /** How the current path of this length is gathered: cached length, last node of the chunk. */
  int[] leaf() {
    referred = true;
    return new int[] {cached, depth == 0 ? -1 : inChunk[depth - 1]};
  }

  /** Ends the chunk; its nodes on the current path become cached. */
  TreeChunk take() {
    int size = nodes.size();
    long[] keep = new long[depth - cached];
    for (int at = cached; at < depth; at++) {
      keep[at - cached] = inChunk[at];
      nodes.get(inChunk[at])[NODE_END] = size;
      inChunk[at] = -1;
    }
    long[][] plan = TreeLayout.columns(nodes, NODE_ROWS);
    nodes.clear();
    TreeChunk chunk = new TreeChunk(plan, size, past, keep);
    past = depth;
    cached = depth;
    referred = false;
    return chunk;
  }
}
