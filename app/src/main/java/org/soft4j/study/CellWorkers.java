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

/** Runs cells side by side, each worker on models of its own. */
final class CellWorkers implements Cells {
  private final ModelOpener opener;
  private final Study study;
  private final CellStore store;
  private final Cancellation cancel;
  private final ExecutorService pool;
  private final BlockingQueue<Models> idle;
  private volatile boolean ended;

  CellWorkers(ModelOpener opener, Study study, int workers, CellStore store, Cancellation cancel) {
    this.opener = opener;
    this.study = study;
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
            OpenedModel model = opener.open(model(w));
            opened.add(model);
            return new CellRunner(w, model.trainable(), study.measured(), store.scratch(), cancel);
          });
    }

    @Override
    public void close() {
      opened.forEach(OpenedModel::close);
    }
  }

  /** How every cell opens the model of its world, so that all compute alike. */
  static ModelChoice model(int world) {
    return new ModelChoice("micro-" + world, Optional.empty(), "cpu", "float32", 1, "auto");
  }

  @Override
  public List<Cell> all(List<Cell.Key> keys, Progress.Step step) {
    List<Future<Cell>> futures = new ArrayList<>();
    for (Cell.Key key : keys) {
      futures.add(pool.submit(() -> one(key, step)));
    }
    List<Cell> cells = new ArrayList<>();
    for (Future<Cell> future : futures) {
      cells.add(result(future));
    }
    return cells;
  }

  private Cell one(Cell.Key key, Progress.Step step) throws InterruptedException {
    Optional<Cell> known = store.find(key);
    Cell cell = known.isPresent() ? known.get() : run(key);
    step.advance(1);
    return cell;
  }

  private Cell run(Cell.Key key) throws InterruptedException {
    cancel.check();
    Models models = idle.take();
    try {
      CellErrors.Made made = models.of(key.world()).run(key, study.shots());
      store.add(made);
      return made.cell();
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
