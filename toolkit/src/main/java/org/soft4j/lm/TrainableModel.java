package org.soft4j.lm;

import java.nio.file.Path;
import java.util.List;

/** A language model that can be fine-tuned with adapters. */
public interface TrainableModel extends LanguageModel {
  /**
   * Trains a fresh adapter on top of the model as it stands (its current adapter, if any, is frozen
   * and stacked under the new one), writes it relative to the base model and leaves this model
   * unchanged; {@link #useAdapter} puts the result to use.
   *
   * <p>Resumes from the checkpoint in the output where there is one made with the same examples and
   * settings, to the same bytes as an undisturbed training.
   *
   * @param examples trained epoch by epoch, in the order given unless the settings shuffle them
   * @param settings of the optimisation
   * @param output folders written atomically: the adapter in PEFT's layout, the checkpoint
   * @param steps hears of every optimizer step (index is the step, counted from 0; after a resume
   *     it starts with the first step not in the checkpoint)
   * @param cancel asked between micro-batches; a cancelled training leaves its last checkpoint
   */
  void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel);

  /**
   * Replaces the current adapter by the one in the folder (PEFT's layout, relative to the base
   * model), merged in fp32 into a working copy.
   */
  void useAdapter(Path adapter);

  /** Returns to the base model. */
  void useBase();
}
