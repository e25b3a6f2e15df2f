package org.soft4j.lm.remote;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkOrder;
import org.soft4j.core.ChunkSink;

/**
 * The calls of several chunks, which share one bounded number of calls under way: the first calls
 * of a chunk begin while the last ones of the chunk before are waited for.
 *
 * <p>A stop loses what was answered in chunks that are not finished, hence only so many chunks are
 * begun as keep all calls busy.
 *
 * @param <Q> request
 * @param <R> answer
 */
final class ChunkCalls<Q, R> {
  private final List<List<Q>> chunks;
  private final Function<Q, R> ask;
  private final ChunkSink<R> sink;
  private final ChunkOrder<R> order;
  private final Map<Integer, Open<Q, R>> open = new HashMap<>();
  private int begun;
  private int next;
  private int held;

  /** A chunk under way. */
  private static final class Open<Q, R> {
    private final List<Q> requests;
    private final List<R> answers;
    private int missing;

    Open(List<Q> requests) {
      this.requests = requests;
      answers = new ArrayList<>(Collections.nCopies(requests.size(), null));
      missing = requests.size();
    }
  }

  /** An answer and where it belongs. */
  private record Placed<R>(int chunk, R answer) {}

  private ChunkCalls(List<List<Q>> chunks, Function<Q, R> ask, ChunkSink<R> sink) {
    this.chunks = chunks;
    this.ask = ask;
    order =
        new ChunkOrder<>(
            (chunk, answers) -> {
              held -= answers.size();
              sink.accept(chunk, answers);
            });
    this.sink = sink;
  }

  /** Makes all calls. */
  static <Q, R> void run(
      Parallel parallel,
      List<List<Q>> chunks,
      Function<Q, R> ask,
      ChunkSink<R> sink,
      Cancellation cancel) {
    ChunkCalls<Q, R> calls = new ChunkCalls<>(chunks, ask, sink);
    parallel.<Placed<R>>run(
        () -> calls.next(parallel.width()),
        (index, placed) -> calls.take(placed.chunk(), index, placed.answer()),
        cancel);
  }

  private Optional<Supplier<Parallel.Done<Placed<R>>>> next(int width) {
    while (begun == 0 || next == open(begun - 1)) {
      if (begun == chunks.size() || !room(width)) {
        return Optional.empty();
      }
      begin();
    }
    int chunk = begun - 1;
    int index = next++;
    Q request = open.get(chunk).requests.get(index);
    return Optional.of(() -> new Parallel.Done<>(index, new Placed<>(chunk, ask.apply(request))));
  }

  /** How many requests a chunk has that was begun; 0 where it is finished. */
  private int open(int chunk) {
    return open.containsKey(chunk) ? open.get(chunk).requests.size() : next;
  }

  /**
   * Whether a further chunk may begin. Two keep all calls busy unless they are small, and one call
   * may take as long as eight others before any waits for it.
   */
  private boolean room(int width) {
    return begun - order.handedOn() < 2 || held < 8 * width;
  }

  private void begin() {
    Open<Q, R> chunk = new Open<>(chunks.get(begun));
    next = 0;
    open.put(begun, chunk);
    begun++;
    held += chunk.requests.size();
    finish(begun - 1);
  }

  private void take(int chunk, int index, R answer) {
    Open<Q, R> mine = open.get(chunk);
    mine.answers.set(index, answer);
    mine.missing--;
    sink.advanced(1);
    finish(chunk);
  }

  /** A chunk may be empty from the first. */
  private void finish(int chunk) {
    if (open.get(chunk).missing == 0) {
      order.finished(chunk, open.remove(chunk).answers);
    }
  }
}
