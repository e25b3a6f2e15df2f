package org.soft4j.study.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Progress;
import org.soft4j.core.RunFolder;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.run.SoftSession;

/** Runs cells side by side; one that takes something from another waits for it. */
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
   * @param cells in the order in which they are begun
   * @param done hears of each that has come to its end, from several threads
   */
  void run(List<StudyCell> cells, Consumer<StudyCell> done) {
    Map<StudyCell, CompletableFuture<Void>> ends = new LinkedHashMap<>();
    for (StudyCell cell : cells) {
      Optional<StudyCell> source = SharedRounds.source(cell, List.copyOf(ends.keySet()));
      CompletableFuture<Void> before =
          source.map(ends::get).orElseGet(() -> CompletableFuture.completedFuture(null));
      ends.put(cell, before.thenRunAsync(() -> one(cell, source, done), pool));
    }
    await(new ArrayList<>(ends.values()));
  }

  private void one(StudyCell cell, Optional<StudyCell> source, Consumer<StudyCell> done) {
    try {
      if (!cell.finished(study)) {
        cancel().check();
        run(cell, source);
      }
      done.accept(cell);
    } catch (RuntimeException | Error failure) {
      ended = true;
      throw failure;
    }
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

  /** The first fault that came is told, and not that others were stopped for it. */
  private void await(List<CompletableFuture<Void>> ends) {
    CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    try {
      all.join();
    } catch (CompletionException failure) {
      RuntimeException told = null;
      for (CompletableFuture<Void> end : ends) {
        RuntimeException cause = cause(end);
        boolean stopped = cause instanceof java.util.concurrent.CancellationException;
        if (cause != null && (told == null || !stopped)) {
          told = cause;
        }
        if (cause != null && !stopped) {
          break;
        }
      }
      throw told == null ? failure : told;
    }
  }

  private static RuntimeException cause(CompletableFuture<Void> end) {
    try {
      end.join();
      return null;
    } catch (CompletionException failure) {
      return failure.getCause() instanceof RuntimeException cause ? cause : failure;
    } catch (java.util.concurrent.CancellationException stopped) {
      return stopped;
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
