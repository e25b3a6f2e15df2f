package org.soft4j.lm.local;

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
  NativeCall addTo(NativeCall call) {
    return call.matrix(plan, size).number(past).vector(keep);
  }
}
