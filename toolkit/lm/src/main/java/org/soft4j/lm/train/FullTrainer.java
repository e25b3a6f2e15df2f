package org.soft4j.lm.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ArchitectureConfig;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.family.TensorRole;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.files.WholeFolder;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.layer.Dtype;
import org.soft4j.lm.source.ModelSource;

/**
 * Trains all weights of a model. It works on fp32 copies of its own, read from the files: whatever
 * the model is held in, no number is rounded to 16 bits on the way.
 *
 * <p>The loss is that of {@link LoraTrainer}.
 */
public final class FullTrainer {
  /** Weights, gradients and two moments, each in fp32. */
  private static final long BYTES_PER_WEIGHT = 16;

  private final ModelSource source;
  private final DeviceChoice device;
  private final WeightSource weights;
  private final String weightsDigest;
  private final Optional<Path> adapter;

  /**
   * A trainer that begins with given weights.
   *
   * @param source of the base model: its tokenizer, its architecture and its documents are used
   * @param device to train on
   * @param weights to begin with, of the same architecture
   * @param weightsDigest tells these weights from others, for the checkpoint
   * @param adapter folder of one to merge into them first
   */
  public FullTrainer(
      ModelSource source,
      DeviceChoice device,
      WeightSource weights,
      String weightsDigest,
      Optional<Path> adapter) {
    this.source = source;
    this.device = device;
    this.weights = weights;
    this.weightsDigest = weightsDigest;
    this.adapter = adapter;
  }

  /**
   * Trains and writes a model folder, which opens here and in other tools like any other. Resumes
   * from the checkpoint where there is one, to the same bytes as an undisturbed training on one
   * machine and thread count.
   *
   * @param steps hears of every step, the first after the checkpoint's being the first
   * @throws UserError before the first step, if the memory does not suffice, an example has nothing
   *     to learn, no stop token would be learned or a checkpoint of another training lies there;
   *     later, if the loss or the gradient stops being a number. No model is written then
   * @throws java.util.concurrent.CancellationException if asked to end; the last checkpoint remains
   */
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    Architecture architecture = source.architecture();
    TrainingRecipe recipe =
        new TrainingRecipe(
            new ExampleEncoder(source.tokenizer(), architecture, settings).encode(examples),
            settings);
    Map<String, String> made =
        recipe.description(
            weightsDigest, adapter.map(TrainingRecipe::adapterDigest).orElse("none"));
    Engine.getEngine("PyTorch"); // loads libtorch, which the lines below call
    requireRoom(device.freeBytes());
    try (PtNDManager manager =
            (PtNDManager) NDManager.newBaseManager(device.engineDevice(), "PyTorch");
        DecoderWeights masters =
            DecoderWeights.load(weights, architecture, Dtype.FLOAT32, device, manager)) {
      adapter.map(PeftAdapter::read).ifPresent(masters::merge);
      try (TrainCore core = core(manager, masters, recipe)) {
        new TrainingLoop(recipe, made, output.checkpoint())
            .run(core, MicroBatchGradients.HERE, steps, cancel);
      }
      write(manager, masters, output.result());
    }
  }

  /** Refuses what cannot fit, with the numbers. */
  void requireRoom(long free) {
    long count = DecoderWeights.parameters(source.architecture());
    if (count * BYTES_PER_WEIGHT > free) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "Full fine-tuning of %s needs %,d MiB (fp32 weights, gradients and two moments of %,d"
                  + " weights), and %s has %,d MiB free.",
              source.name(),
              (count * BYTES_PER_WEIGHT) >> 20,
              count,
              device.name(),
              free >> 20),
          "Train an adapter instead (--set training.method=lora), or end other programs.");
    }
  }

  private TrainCore core(PtNDManager manager, DecoderWeights masters, TrainingRecipe recipe) {
    return new TrainCore(
        manager,
        source.architecture(),
        TrainWeights.of(masters, manager),
        learned(masters),
        recipe.longest(),
        LoraTrainer.activationBytes(device.engineDevice(), source.architecture()));
  }

  /** All weights of a model as what is learned; they get gradients from here on. */
  static Learned learned(DecoderWeights masters) {
    Architecture architecture = masters.architecture();
    List<PtNDArray> parameters = new ArrayList<>();
    for (ModelTensor tensor : order(architecture)) {
      PtNDArray parameter = masters.tensor(tensor.name());
      parameter.setRequiresGradient(true);
      parameters.add(parameter);
    }
    return Learned.all(parameters, parameters.size() - architecture.outerTensors().size());
  }

  /** The tensors in the order of {@link Learned}: layers first, the output head last. */
  static List<ModelTensor> order(Architecture architecture) {
    List<ModelTensor> order = new ArrayList<>();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      order.addAll(architecture.layerTensors(layer));
    }
    TensorRole head = architecture.tiedHead() ? TensorRole.EMBEDDING : TensorRole.HEAD;
    List<ModelTensor> outer = new ArrayList<>(architecture.outerTensors());
    outer.sort(Comparator.comparing(tensor -> tensor.role() == head));
    order.addAll(outer);
    return order;
  }

  private void write(PtNDManager manager, DecoderWeights masters, Path folder) {
    Architecture architecture = source.architecture();
    Map<String, byte[]> documents = source.documents().read();
    try (PtNDManager scope = (PtNDManager) manager.newSubManager()) {
      LinkedHashMap<String, StoredTensor> stored = new LinkedHashMap<>();
      for (ModelTensor tensor : architecture.tensors()) {
        PtNDArray values = masters.tensor(tensor.name());
        requireFinite(scope, values, tensor);
        if (tensor.transposed()) {
          values = (PtNDArray) values.transpose().duplicate();
          values.attach(scope);
        }
        stored.put(tensor.name(), NativeTensors.stored(scope, values).shaped(tensor.storedShape()));
      }
      WholeFolder.replace(
          folder,
          partial -> {
            ArchitectureConfig.write(partial, architecture, StoredTensor.Type.F32);
            for (Map.Entry<String, byte[]> document : documents.entrySet()) {
              Files.write(partial.resolve(document.getKey()), document.getValue());
            }
            Safetensors.write(partial.resolve("model.safetensors"), stored, Map.of("format", "pt"));
          });
    }
  }

  /** No loss was computed after the last update, which could have shown it. */
  private static void requireFinite(PtNDManager scope, PtNDArray values, ModelTensor tensor) {
    try (PtNDManager inner = (PtNDManager) scope.newSubManager()) {
      // The difference of a finite number and itself is 0, of any other NaN.
      PtNDArray zeros = values.sub(values);
      zeros.attach(inner);
      PtNDArray sum = zeros.sum();
      sum.attach(inner);
      if (sum.getFloat() != 0) {
        throw diverged(tensor, Float.NaN);
      }
    }
  }

  static UserError diverged(ModelTensor tensor, float value) {
    return new UserError(
        "The last step made %s of %s: the learning rate is too high for this model."
            .formatted(value, tensor.name()),
        "Train again with a lower learning rate, a tenth of it for instance.");
  }
}
