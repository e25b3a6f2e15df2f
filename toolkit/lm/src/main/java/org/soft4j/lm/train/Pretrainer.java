package org.soft4j.lm.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ArchitectureConfig;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.family.TensorRole;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.files.WholeFolder;

/**
 * Trains all weights of a small model from nothing. Made for models of a few million parameters: it
 * keeps every activation.
 */
public final class Pretrainer {
  // Not as of a training, which learns from labels: FolderKind tells the two by this name.
  private static final String CHECKPOINT = "pretraining";
  // Some twenty seconds of the micro model's training.
  private static final int CHECKPOINT_EVERY = 50;

  private Pretrainer() {}

  /**
   * Trains and writes config.json and model.safetensors in the Hugging Face layout; equal arguments
   * give equal bytes on one machine and thread count. Goes on from the checkpoint where the folder
   * holds one.
   *
   * @param batches one batch per step; sequences at most {@code architecture.maxPositions()} long
   * @param made tells these batches from others, in words, for the checkpoint
   * @param folder made where missing; until the end it holds a checkpoint alone
   * @param documents writes what else belongs to the model, before the weights are written
   * @param steps hears of every optimizer step
   */
  public static void run(
      Architecture architecture,
      PretrainSettings settings,
      BatchSource batches,
      String made,
      Path folder,
      Runnable documents,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    // On the processor, which alone gives equal bytes again.
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Map<String, PtNDArray> weights = initialWeights(manager, architecture, settings);
      try (TrainCore core = core(manager, architecture, weights)) {
        StepRunner runner =
            new StepRunner(
                core, settings.adam(), settings.schedule(), settings.tokensPerMicroBatch(), 0);
        Map<String, String> all =
            Map.of(
                "architecture", architecture.toString(),
                "settings", settings.toString(),
                "batches", made);
        new CheckpointedSteps(all, folder.resolve(CHECKPOINT), settings.steps(), CHECKPOINT_EVERY)
            .run(core, step -> runner.run(step, 0, batches.batch(step), cancel), steps);
      }
      ArchitectureConfig.write(folder, architecture, settings.type());
      documents.run();
      // Weights come last: they say that the model is there.
      write(folder, architecture, weights, settings.type());
      sweep(folder);
    }
  }

  /** Removes the checkpoint of a model that is finished. */
  public static void sweep(Path folder) {
    if (Files.exists(folder.resolve("model.safetensors"))) {
      WholeFolder.remove(folder.resolve(CHECKPOINT));
    }
  }

  private static Map<String, PtNDArray> initialWeights(
      PtNDManager manager, Architecture architecture, PretrainSettings settings) {
    Random random = new Random(settings.seed());
    double narrow = settings.initialDeviation() / Math.sqrt(2.0 * architecture.layers());
    Map<String, PtNDArray> weights = new LinkedHashMap<>();
    for (ModelTensor tensor : architecture.tensors()) {
      boolean residual = tensor.role() == TensorRole.OUTPUT || tensor.role() == TensorRole.DOWN;
      double deviation = residual ? narrow : settings.initialDeviation();
      float[] values = new float[Math.toIntExact(tensor.elements())];
      if (tensor.shape().length == 1) {
        Arrays.fill(values, tensor.role().bias() ? 0 : 1);
      } else {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * random.nextGaussian());
        }
      }
      weights.put(tensor.name(), NativeTensors.parameter(manager, values, tensor.shape()));
    }
    return weights;
  }

  private static TrainCore core(
      PtNDManager manager, Architecture architecture, Map<String, PtNDArray> weights) {
    List<PtNDArray> learned =
        FullTrainer.order(architecture).stream().map(tensor -> weights.get(tensor.name())).toList();
    return new TrainCore(
        manager,
        architecture,
        TrainWeights.of(architecture, weights::get, manager),
        Learned.all(learned, learned.size() - architecture.outerTensors().size()),
        architecture.maxPositions(),
        TrainCore.ACTIVATION_BYTES);
  }

  private static void write(
      Path folder,
      Architecture architecture,
      Map<String, PtNDArray> weights,
      StoredTensor.Type type) {
    LinkedHashMap<String, StoredTensor> stored = new LinkedHashMap<>();
    for (ModelTensor tensor : architecture.tensors()) {
      float[] values = weights.get(tensor.name()).toFloatArray();
      stored.put(
          tensor.name(),
          TensorValues.store(
              tensor.transposed() ? turned(values, tensor.shape()) : values,
              tensor.storedShape(),
              type));
    }
    Safetensors.write(folder.resolve("model.safetensors"), stored, Map.of("format", "pt"));
  }

  private static float[] turned(float[] values, long[] shape) {
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % columns * rows + i / columns] = values[i];
    }
    return turned;
  }

  /** Batches of a pre-training, made on demand; equal steps must give equal batches. */
  @FunctionalInterface
  public interface BatchSource {
    /**
     * The sequences of a step.
     *
     * @param step counted from 0
     */
    List<TokenSequence> batch(int step);
  }
}
