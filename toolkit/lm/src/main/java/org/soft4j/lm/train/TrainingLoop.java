package org.soft4j.lm.train;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;

/**
 * The steps of a training, from its checkpoint on.
 *
 * @param recipe what every step does
 * @param made everything the numbers depend on, in words, for the checkpoint
 * @param folder of the checkpoint
 */
record TrainingLoop(TrainingRecipe recipe, Map<String, String> made, Path folder) {
  void run(TrainCore core, Sink<TrainingStep> steps, Cancellation cancel) {
    TrainingSettings settings = recipe.settings();
    Optional<Checkpoint> resumed = Checkpoint.read(folder, made);
    resumed.ifPresent(c -> core.restore(c.state(), c.step()));
    StepRunner runner =
        new StepRunner(
            core,
            recipe.adam(),
            recipe.schedule(),
            core.tokensPerMicroBatch(settings.tokensPerMicroBatch()),
            settings.seed());
    for (int step = resumed.map(Checkpoint::step).orElse(0); step < recipe.steps(); step++) {
      steps.accept(step, runner.run(step, recipe.epoch(step), recipe.batch(step), cancel));
      int done = step + 1;
      if (settings.checkpointEvery() > 0 && done % settings.checkpointEvery() == 0) {
        save(core, done);
      }
    }
  }

  private void save(TrainCore core, int step) {
    try (PtNDManager scope = (PtNDManager) NDManager.newBaseManager("PyTorch")) {
      Checkpoint.write(folder, step, core.state(scope), made);
    }
  }
}
