package org.soft4j.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.settings.EvalSettings;

/** Runs cells side by side, each worker on models of its own. */
final class CellWorkers implements AutoCloseable {
  private final ModelOpener opener;
  private final EvalSettings measured;
  private final CellStore store;
  private final Cancellation cancel;
  private final ExecutorService pool;
  private final BlockingQueue<Models> idle;
  private volatile boolean ended;

  CellWorkers(
      ModelOpener opener,
      EvalSettings measured,
      int workers,
      CellStore store,
      Cancellation cancel) {
    this.opener = opener;
    this.measured = measured;
    this.store = store;
    this.cancel = () -> ended || cancel.requested();
    this.pool = Executors.newFixedThreadPool(workers);
    this.idle = new ArrayBlockingQueue<>(workers);
    for (int i = 0; i < workers; i++) {
      idle.add(new Models());
    }
  }

  /** The models that one worker has opened. */
  private final class Models implements AutoCloseable {
    private final Map<Integer, CellRunner> runners = new HashMap<>();
    private final List<OpenedModel> opened = new ArrayList<>();

    CellRunner of(int world) {
      return runners.computeIfAbsent(
          world,
          w -> {
            ModelChoice choice =
                new ModelChoice("micro-" + w, Optional.empty(), "cpu", "float32", 1, "auto");
            OpenedModel model = opener.open(choice);
            opened.add(model);
            return new CellRunner(w, model.trainable(), measured, store.scratch(), cancel);
          });
    }

    @Override
    public void close() {
      opened.forEach(OpenedModel::close);
    }
  }

  /** All cells, in the order of the jobs; those that are stored are not run again. */
  List<Cell> all(List<Study.Job> jobs, Progress.Step step) {
    List<Future<Cell>> futures = new ArrayList<>();
    for (Study.Job job : jobs) {
      futures.add(pool.submit(() -> one(job, step)));
    }
    List<Cell> cells = new ArrayList<>();
    for (Future<Cell> future : futures) {
      cells.add(result(future));
    }
    return cells;
  }

  private Cell one(Study.Job job, Progress.Step step) throws InterruptedException {
    Optional<Cell> known = store.find(job.key());
    Cell cell = known.isPresent() ? known.get() : run(job);
    step.advance(1);
    return cell;
  }

  private Cell run(Study.Job job) throws InterruptedException {
    cancel.check();
    Models models = idle.take();
    try {
      Cell cell = job.work().apply(models.of(job.key().world()));
      store.add(cell);
      return cell;
    } finally {
      idle.add(models);
    }
  }

  private Cell result(Future<Cell> future) {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      ended = true;
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      ended = true;
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Lets the cells under way end, or stop where they were cancelled, and closes the models. */
  @Override
  public void close() {
    ended = true;
    pool.shutdown();
    try {
      if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
        idle.forEach(Models::close);
        store.clear();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
