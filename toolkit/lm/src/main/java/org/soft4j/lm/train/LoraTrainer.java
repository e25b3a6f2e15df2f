package org.soft4j.lm.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.device.MachineMemory;
import org.soft4j.lm.device.MemoryBudget;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.torch.OutOfMemory;

/**
 * Trains a LoRA adapter (Hu et al. 2021) on a model whose weights stay as they are.
 *
 * <p>The loss is the mean cross-entropy over the completion tokens of the whole batch, however it
 * is split into micro-batches. Parameters, gradients and moments are fp32 whatever the weights are.
 */
public final class LoraTrainer {
  private final ModelSource source;
  private final DecoderWeights weights;
  private final Optional<Path> currentAdapter;

  /**
   * A trainer on loaded weights.
   *
   * @param source of the base model: its tokenizer, architecture and digest are used
   * @param currentWeights base weights with the current adapter merged; owned by the caller and
   *     left unchanged
   * @param currentAdapter folder of that adapter, which the written one will contain
   */
  public LoraTrainer(
      ModelSource source, DecoderWeights currentWeights, Optional<Path> currentAdapter) {
    this.source = source;
    this.currentAdapter = currentAdapter;
    weights = currentWeights;
  }

  /**
   * Trains and writes the adapter, relative to the base model: the current adapter and the new one,
   * concatenated by rank. Resumes from the checkpoint where there is one, to the same bytes as an
   * undisturbed training on one machine and thread count.
   *
   * @param steps hears of every step, the first after the checkpoint's being the first
   * @throws org.soft4j.core.UserError before the first step, if an example has nothing to learn, no
   *     stop token would be learned or a checkpoint of another training lies there; later, if the
   *     loss or the gradient stops being a number. No adapter is written then
   * @throws java.util.concurrent.CancellationException if asked to end; the last checkpoint remains
   */
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    train(examples, settings, output, MicroBatchGradients.HERE, steps, cancel);
  }

  /**
   * The same, with gradients that may come from elsewhere.
   *
   * @param where sees to the gradients of every step
   */
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      MicroBatchGradients where,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    if (!(settings.method() instanceof TrainingMethod.Lora method)) {
      throw new IllegalArgumentException("trains adapters, not " + settings.method());
    }
    Architecture architecture = source.architecture();
    LoraParameters lora = new LoraParameters(architecture, method);
    Optional<PeftAdapter> current = currentAdapter.map(PeftAdapter::read);
    TrainingRecipe recipe =
        new TrainingRecipe(
            new ExampleEncoder(source.tokenizer(), architecture, settings).encode(examples),
            settings);
    Map<String, String> made =
        recipe.description(
            source.digest(), currentAdapter.map(TrainingRecipe::adapterDigest).orElse("none"));
    Device device = weights.tensors().get(0).getDevice();
    PeftAdapter trained;
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
        TrainCore core =
            core(
                manager,
                source,
                weights,
                lora.create(manager, settings.seed()),
                recipe.longest())) {
      new TrainingLoop(recipe, made, output.checkpoint()).run(core, where, steps, cancel);
      trained = lora.adapter(core.parameters());
    }
    current
        .map(under -> under.plus(trained))
        .orElse(trained)
        .write(output.result(), source.nameInAdapters());
  }

  /** The native side on loaded weights. */
  static TrainCore core(
      PtNDManager manager,
      ModelSource source,
      DecoderWeights weights,
      Learned learned,
      int longest) {
    return new TrainCore(
        manager,
        source.architecture(),
        TrainWeights.of(weights, manager),
        learned,
        longest,
        activationBytes(manager.getDevice(), source.architecture()));
  }

  static long activationBytes(Device device, Architecture architecture) {
    OutOfMemory.giveBack(); // what libtorch keeps for later on a GPU counts as used
    return MemoryBudget.of(MachineMemory.of(device), device.isGpu(), architecture)
        .activationBytes();
  }
}
