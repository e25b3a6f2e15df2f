package org.soft4j.lm.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.ModelTensors;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;

/**
 * Trains all weights of a small model from nothing. Made for models of a few million parameters: it
 * keeps every activation and has no checkpoints.
 */
public final class Pretrainer {
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String HEAD = "lm_head.weight";
  private static final String NORM = "model.norm.weight";

  private Pretrainer() {}

  /**
   * Trains and writes config.json and model.safetensors in the Hugging Face layout; equal arguments
   * give equal bytes on one machine and thread count.
   *
   * @param batches one batch per step; sequences at most {@code architecture.maxPositions()} long
   * @param folder made where missing; written only at the end
   * @param steps hears of every optimizer step
   */
  public static void run(
      Architecture architecture,
      PretrainSettings settings,
      BatchSource batches,
      Path folder,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    Map<String, long[]> shapes = ModelTensors.shapes(architecture);
    // On the processor, which alone gives equal bytes again.
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Map<String, PtNDArray> weights = initialWeights(manager, architecture, settings, shapes);
      try (TrainCore core = core(manager, architecture, weights)) {
        StepRunner runner =
            new StepRunner(
                core, settings.adam(), settings.schedule(), settings.tokensPerMicroBatch(), 0);
        for (int step = 0; step < settings.steps(); step++) {
          steps.accept(step, runner.run(step, 0, batches.batch(step), cancel));
        }
      }
      ModelConfig.write(folder, architecture, settings.type());
      write(folder, weights, shapes, settings.type());
    }
  }

  private static Map<String, PtNDArray> initialWeights(
      PtNDManager manager,
      Architecture architecture,
      PretrainSettings settings,
      Map<String, long[]> shapes) {
    Random random = new Random(settings.seed());
    double narrow = settings.initialDeviation() / Math.sqrt(2.0 * architecture.layers());
    Map<String, PtNDArray> weights = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          boolean residual = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
          float[] values = new float[(int) new Shape(shape).size()];
          for (int i = 0; i < values.length; i++) {
            double deviation = residual ? narrow : settings.initialDeviation();
            values[i] = shape.length == 1 ? 1 : (float) (deviation * random.nextGaussian());
          }
          weights.put(name, NativeTensors.parameter(manager, values, shape));
        });
    return weights;
  }

  private static TrainCore core(
      PtNDManager manager, Architecture architecture, Map<String, PtNDArray> weights) {
    List<PtNDArray> learned = new ArrayList<>();
    weights.forEach(
        (name, weight) -> {
          if (!name.equals(EMBEDDING) && !name.equals(NORM) && !name.equals(HEAD)) {
            learned.add(weight);
          }
        });
    int inner = learned.size();
    learned.add(weights.get(NORM));
    // Every weight once, the head last: the script adds the head's gradient there.
    if (!architecture.tiedHead()) {
      learned.add(weights.get(EMBEDDING));
    }
    learned.add(weights.get(architecture.tiedHead() ? EMBEDDING : HEAD));
    return new TrainCore(
        manager,
        architecture,
        TrainWeights.of(architecture, weights::get, manager),
        Learned.all(learned, inner),
        architecture.maxPositions(),
        TrainCore.ACTIVATION_BYTES);
  }

  private static void write(
      Path folder,
      Map<String, PtNDArray> weights,
      Map<String, long[]> shapes,
      StoredTensor.Type type) {
    LinkedHashMap<String, StoredTensor> stored = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) ->
            stored.put(name, TensorValues.store(weights.get(name).toFloatArray(), shape, type)));
    Safetensors.write(folder.resolve("model.safetensors"), stored, Map.of("format", "pt"));
  }
}
