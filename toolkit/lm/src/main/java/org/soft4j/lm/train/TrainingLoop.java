package org.soft4j.lm.train;

import java.nio.file.Path;
import java.util.Map;
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
  void run(
      TrainCore core, MicroBatchGradients where, Sink<TrainingStep> steps, Cancellation cancel) {
    TrainingSettings settings = recipe.settings();
    StepRunner runner =
        new StepRunner(
            core,
            recipe.adam(),
            recipe.schedule(),
            core.tokensPerMicroBatch(settings.tokensPerMicroBatch()),
            settings.seed(),
            where);
    new CheckpointedSteps(made, folder, recipe.steps(), settings.checkpointEvery())
        .run(core, step -> runner.run(step, recipe.epoch(step), recipe.batch(step), cancel), steps);
  }
}
