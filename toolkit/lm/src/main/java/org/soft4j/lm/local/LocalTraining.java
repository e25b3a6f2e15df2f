package org.soft4j.lm.local;

import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.train.FullTrainer;
import org.soft4j.lm.train.LoraTrainer;
import org.soft4j.lm.train.MicroBatchGradients;
import org.soft4j.lm.train.MicroBatchWorker;

/**
 * Trains from a model as it stands.
 *
 * @param weights with the current adapter merged
 * @param adapter folder of the current one
 * @param identity of the model with it
 */
record LocalTraining(
    ModelSource source,
    DeviceChoice device,
    DecoderWeights weights,
    Optional<Path> adapter,
    ModelIdentity identity) {
  void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      MicroBatchGradients where,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    JniUtils.setNumThreads(identity.threads());
    if (settings.method() instanceof TrainingMethod.Full) {
      if (where != MicroBatchGradients.HERE) {
        throw new UserError(
            "Gradients of all weights are not computed elsewhere: each step would move the whole"
                + " model twice for every micro-batch.",
            "Train adapters (--set training.method=lora), or train in this process alone.");
      }
      new FullTrainer(source, device, weights.source(), identity.digest(), adapter)
          .train(examples, settings, output, steps, cancel);
      return;
    }
    refuseOtherWeights();
    new LoraTrainer(source, weights, adapter)
        .train(examples, settings, output, where, steps, cancel);
  }

  MicroBatchWorker worker(TrainingSettings settings) {
    refuseOtherWeights();
    return new MicroBatchWorker(source, weights, settings, identity.threads());
  }

  void refuseOtherWeights() {
    if (weights.source() != source.weights()) {
      throw new UserError(
          "An adapter is stored relative to the base model, and other weights are in use.",
          "Open the fine-tuned folder by itself with --model and train the adapter on it.");
    }
  }

  /** Refuses weights that no full training of this model wrote. */
  static void refuseOther(ModelSource source, Path folder, Architecture trained) {
    Architecture mine = source.architecture();
    if (trained.family() != mine.family()
        || !trained.kind().equals(mine.kind())
        || !trained.fits(mine)) {
      throw new UserError(
          "%s holds another kind of model than %s.".formatted(folder, source.name()),
          "Use a folder that a full fine-tuning of this model wrote, or open it by itself with"
              + " --model.");
    }
  }
}
