package org.soft4j.lm.train;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.soft4j.core.StoppedWork;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingStep;

/**
 * Optimizer steps from the last checkpoint on. A kill loses those since then, and a stop none: it
 * leaves a checkpoint of its own.
 *
 * @param made everything the numbers depend on, in words, for the checkpoint
 * @param folder of the checkpoint
 * @param total number of steps
 * @param every so many steps a checkpoint is written; 0 for never
 */
record CheckpointedSteps(Map<String, String> made, Path folder, int total, int every) {
  /**
   * Runs the steps that are left.
   *
   * @param work computes and applies a step; when it is cancelled nothing of it was applied
   */
  void run(TrainCore core, IntFunction<TrainingStep> work, Sink<TrainingStep> heard) {
    Optional<Checkpoint> resumed = Checkpoint.read(folder, made);
    resumed.ifPresent(c -> core.restore(c.state(), c.step()));
    int saved = resumed.map(Checkpoint::step).orElse(0);
    for (int step = saved; step < total; step++) {
      try {
        heard.accept(step, work.apply(step));
      } catch (CancellationException stopped) {
        throw stopped(core, step, saved, stopped);
      }
      if (every > 0 && (step + 1) % every == 0) {
        save(core, step + 1);
        saved = step + 1;
      }
    }
  }

  private StoppedWork stopped(TrainCore core, int done, int saved, CancellationException cause) {
    boolean saving = every > 0 && done > saved;
    if (saving) {
      save(core, done);
    }
    return new StoppedWork(
        "%s of %s steps are kept in %s".formatted(saving ? done : saved, total, folder), cause);
  }

  private void save(TrainCore core, int step) {
    try (PtNDManager scope = (PtNDManager) NDManager.newBaseManager("PyTorch")) {
      Checkpoint.write(folder, step, core.state(scope), made);
    }
  }
}
