package org.soft4j.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands chunks on in their order, whichever is finished first, for whoever computes several at
 * once. May be called from several threads; the sink is not.
 *
 * @param <R> result of an item
 */
public final class ChunkOrder<R> {
  private final ChunkSink<R> sink;
  private final Map<Integer, List<R>> early = new HashMap<>();
  private int next;

  /** Chunks from 0 on, for a sink. */
  public ChunkOrder(ChunkSink<R> sink) {
    this.sink = sink;
  }

  /** A chunk is finished: it goes on, and those that waited for it; or it waits. */
  public synchronized void finished(int chunk, List<R> results) {
    early.put(chunk, List.copyOf(results));
    for (List<R> ready = early.remove(next); ready != null; ready = early.remove(next)) {
      sink.accept(next, ready);
      next++;
    }
  }

  /** See {@link ChunkSink#advanced}. */
  public synchronized void advanced(int items) {
    sink.advanced(items);
  }

  /** How many chunks have gone on; those under way or waiting begin here. */
  public synchronized int handedOn() {
    return next;
  }
}
