package org.soft4j.study.grid;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Progress;
import org.soft4j.core.RunFolder;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.SoftSession;

/** Runs cells side by side; one that takes something from another waits until it is there. */
public final class CellPool implements AutoCloseable {
  /**
   * How cells are run.
   *
   * @param opener opens a model of its own for every cell
   * @param workers cells at the same time
   * @param gate of a judge's calls
   * @param progress counts cells, and hears of what is worth a line
   */
  public record Means(
      ModelOpener opener, int workers, CostGate gate, Progress progress, Cancellation cancel) {}

  private static final long LOOK_MILLIS = 100;

  private final Path study;
  private final Means means;
  private final ExecutorService pool;
  private volatile boolean ended;

  CellPool(Path study, Means means) {
    this.study = study;
    this.means = means;
    pool = Executors.newFixedThreadPool(means.workers);
  }

  /**
   * Runs those that are not finished.
   *
   * @param cells in the order in which they are begun, as soon as what they take is there
   * @param done hears of each that has come to its end, from several threads
   */
  void run(List<StudyCell> cells, Consumer<StudyCell> done) {
    List<StudyCell> waiting = new ArrayList<>(cells);
    Map<String, Optional<StudyCell>> sources = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      StudyCell cell = cells.get(i);
      sources.put(cell.folder(), SharedRounds.source(cell, cells.subList(0, i)));
    }
    List<Future<?>> ends = new ArrayList<>();
    for (int worker = 0; worker < means.workers; worker++) {
      ends.add(pool.submit(() -> work(sources, waiting, done)));
    }
    await(ends);
  }

  private void work(
      Map<String, Optional<StudyCell>> sources, List<StudyCell> waiting, Consumer<StudyCell> done) {
    try {
      while (true) {
        Optional<StudyCell> next = next(sources, waiting);
        if (next.isPresent()) {
          one(next.get(), sources.get(next.get().folder()), done);
        } else if (empty(waiting)) {
          return;
        } else {
          cancel().check();
          Thread.sleep(LOOK_MILLIS);
        }
      }
    } catch (InterruptedException interrupted) {
      ended = true;
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (RuntimeException | Error failure) {
      ended = true;
      throw failure;
    }
  }

  private static boolean empty(List<StudyCell> waiting) {
    synchronized (waiting) {
      return waiting.isEmpty();
    }
  }

  /** The first that can be begun, taken from those that wait. */
  private Optional<StudyCell> next(
      Map<String, Optional<StudyCell>> sources, List<StudyCell> waiting) {
    synchronized (waiting) {
      Optional<StudyCell> ready =
          waiting.stream().filter(cell -> ready(cell, sources.get(cell.folder()))).findFirst();
      ready.ifPresent(waiting::remove);
      return ready;
    }
  }

  private boolean ready(StudyCell cell, Optional<StudyCell> source) {
    return cell.finished(study)
        || Files.exists(cell.in(study).resolve("run.json"))
        || source.stream().allMatch(s -> SharedRounds.ready(s, cell, study));
  }

  private void one(StudyCell cell, Optional<StudyCell> source, Consumer<StudyCell> done) {
    if (!cell.finished(study)) {
      cancel().check();
      run(cell, source);
    }
    done.accept(cell);
  }

  private void run(StudyCell cell, Optional<StudyCell> source) {
    try (RunFolder held = RunFolder.open(cell.in(study), FolderKind.RUN)) {
      source.ifPresent(other -> SharedRounds.copy(other, cell, study, held));
      SoftSession.RunOptions options =
          new SoftSession.RunOptions(
              means.opener,
              Progress.SILENT,
              line -> tell(cell, line),
              cancel(),
              means.gate,
              true,
              false);
      cell.session().run(cell.in(study), options);
    }
  }

  /** Of what a run tells, what there is to worry about. */
  private void tell(StudyCell cell, String line) {
    if (line.contains("warning") || line.startsWith("resumed with")) {
      means.progress.say("%s: %s".formatted(cell.words(), line));
    }
  }

  private Cancellation cancel() {
    return () -> ended || means.cancel.requested();
  }

  /** The first fault is told, and not that others were stopped for it. */
  private static void await(List<Future<?>> ends) {
    RuntimeException told = null;
    for (Future<?> end : ends) {
      RuntimeException cause = cause(end);
      if (cause != null && (told == null || told instanceof CancellationException)) {
        told = cause;
      }
    }
    if (told != null) {
      throw told;
    }
  }

  private static RuntimeException cause(Future<?> end) {
    try {
      end.get();
      return null;
    } catch (ExecutionException failure) {
      return failure.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new CancellationException("interrupted");
    }
  }

  /** Lets the cells under way stop where they were cancelled. */
  @Override
  public void close() {
    ended = true;
    pool.shutdown();
    try {
      pool.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
