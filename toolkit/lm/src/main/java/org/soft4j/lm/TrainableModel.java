package org.soft4j.lm;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Cancellation;

/** A language model that can be fine-tuned, by adapters or as a whole. */
public interface TrainableModel extends LanguageModel {
  /**
   * Trains what the settings say, from the model as it stands, and leaves this model unchanged;
   * {@link #useAdapter} or {@link #useModel} puts the result to use.
   *
   * <p>A fresh adapter is trained on top (the current adapter, if any, is frozen and stacked under
   * the new one) and written relative to the base model. A full training begins with the current
   * weights, adapter merged, and writes a whole model.
   *
   * <p>Resumes from the checkpoint in the output where there is one made with the same examples and
   * settings, to the same bytes as an undisturbed training.
   *
   * @param examples trained epoch by epoch, in the order given unless the settings shuffle them
   * @param settings of the optimisation
   * @param output folders written atomically: the result (an adapter in PEFT's layout, or a model
   *     in the Hugging Face layout), the checkpoint
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
   * How many of the examples are longer than {@link #train} learns of one, by the settings' bound
   * or the model's window: their ends, and with them their stop tokens, are cut off.
   */
  default int cut(List<TrainingExample> examples, TrainingSettings settings) {
    return 0;
  }

  /**
   * Replaces the current adapter by the one in the folder (PEFT's layout, relative to the base
   * model), merged in fp32 into a working copy.
   */
  void useAdapter(Path adapter);

  /**
   * Replaces the weights by those of a folder that a full training of this model wrote; the
   * tokenizer stays.
   */
  void useModel(Path folder);

  /** What a trainer in another process begins with; empty where the files are not here. */
  default Optional<Start> start() {
    return Optional.empty();
  }

  /**
   * Files to begin a training with.
   *
   * @param model folder or file of the base model
   * @param adapter folder of the current adapter, where there is one
   */
  record Start(Path model, Optional<Path> adapter) {}

  /**
   * Checks that an adapter changes layers that this model has, in their shape.
   *
   * @throws org.soft4j.core.UserError naming the first that does not fit
   */
  default void requireFits(Path adapter) {}

  /** Returns to the model as it was opened, with the adapter that was put on it then. */
  void useBase();
}
