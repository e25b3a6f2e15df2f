package org.soft4j.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Works through a list in chunks, each committed as a whole file, so that a killed process loses at
 * most those under way. A chunk's result must be a function of the chunk alone, which makes a
 * resumed run equal an undisturbed one.
 *
 * @param <T> item
 * @param <R> result of an item
 */
public final class ChunkedStage<T, R> {
  /** Computes the results of some chunks and hands them on in their order, as each is finished. */
  @FunctionalInterface
  public interface Work<T, R> {
    /** Results of the items of every chunk. */
    void compute(List<List<T>> chunks, ChunkSink<R> sink);
  }

  private final RunFolder folder;
  private final String name;
  private final Class<R> type;
  private final int chunk;

  /**
   * A stage.
   *
   * @param folder to commit to
   * @param name of the chunk folder inside it, such as {@code round-1/labels.chunks}
   * @param type of the results, read back from JSON
   * @param chunk items per chunk
   */
  public ChunkedStage(RunFolder folder, String name, Class<R> type, int chunk) {
    this.folder = folder;
    this.name = name;
    this.type = type;
    this.chunk = chunk;
  }

  /** Items whose chunks are committed already. */
  public int finished(int total) {
    int done = 0;
    for (int from = 0; from < total && folder.has(file(from)); from += chunk) {
      done = Math.min(total, from + chunk);
    }
    return done;
  }

  /**
   * All results, in order: committed chunks are read, the others computed and committed.
   *
   * @param atOnce so many chunks are handed over at once
   */
  public List<R> run(List<T> items, int atOnce, Work<T, R> work, IntConsumer advanced) {
    List<Integer> missing =
        IntStream.iterate(0, from -> from < items.size(), from -> from + chunk)
            .filter(from -> !folder.has(file(from)))
            .boxed()
            .toList();
    Chunks.inGroups(missing, atOnce, (first, group) -> compute(items, group, work, advanced));
    List<R> results = new ArrayList<>();
    for (int from = 0; from < items.size(); from += chunk) {
      // Read back even when just computed, so that both ways give the same values.
      results.addAll(Json.readLines(folder.read(file(from)), type, file(from)));
    }
    return List.copyOf(results);
  }

  private void compute(List<T> items, List<Integer> starts, Work<T, R> work, IntConsumer advanced) {
    List<List<T>> parts =
        starts.stream()
            .map(from -> items.subList(from, Math.min(items.size(), from + chunk)))
            .toList();
    ChunkSink<R> keep =
        (part, results) -> folder.write(file(starts.get(part)), Json.lines(results));
    try {
      work.compute(parts, ChunkSink.of(keep, advanced));
    } catch (CancellationException stopped) {
      throw new StoppedWork(
          "%s of %s are kept in %s"
              .formatted(finished(items.size()), items.size(), folder.path(name)),
          stopped);
    }
  }

  /** Removes the chunks, once the whole file is written. */
  public void clear() {
    folder.delete(name);
  }

  private String file(int from) {
    return String.format(Locale.ROOT, "%s/%07d.jsonl", name, from);
  }
}
