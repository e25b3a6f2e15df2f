package org.soft4j.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * Works through a list in chunks, each committed as a whole file, so that a killed process loses at
 * most one. A chunk's result must be a function of the chunk alone, which makes a resumed run equal
 * an undisturbed one.
 *
 * @param <T> item
 * @param <R> result of an item
 */
public final class ChunkedStage<T, R> {
  /** Computes the results of one chunk, in its order; tells how many items are done as it goes. */
  @FunctionalInterface
  public interface Work<T, R> {
    /** Results of the items. */
    List<R> compute(List<T> items, java.util.function.IntConsumer advanced);
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

  /** All results, in order: committed chunks are read, the others computed and committed. */
  public List<R> run(
      List<T> items,
      Work<T, R> work,
      java.util.function.IntConsumer advanced,
      Cancellation cancel) {
    List<R> results = new ArrayList<>();
    for (int from = 0; from < items.size(); from += chunk) {
      List<T> part = items.subList(from, Math.min(items.size(), from + chunk));
      if (!folder.has(file(from))) {
        folder.write(
            file(from), Json.lines(computed(part, from, items.size(), work, advanced, cancel)));
      }
      // Read back even when just computed, so that both ways give the same values.
      results.addAll(Json.readLines(folder.read(file(from)), type, file(from)));
    }
    return List.copyOf(results);
  }

  private List<R> computed(
      List<T> part,
      int from,
      int of,
      Work<T, R> work,
      java.util.function.IntConsumer advanced,
      Cancellation cancel) {
    try {
      cancel.check();
      return work.compute(part, advanced);
    } catch (CancellationException stopped) {
      throw new StoppedWork(
          "%s of %s are kept in %s".formatted(from, of, folder.path(name)), stopped);
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
