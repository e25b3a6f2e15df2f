package org.soft4j.lm.train;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.source.ModelSource;

/**
 * Computes gradients of micro-batches for a training that goes on elsewhere. The same weights, the
 * same parameters and the same micro-batch give the same bytes as in the training's own process, on
 * a machine of the same instruction set with the same number of threads.
 *
 * <p>Holds views of a model's weights: closed before the model is, or gets another adapter.
 */
public final class MicroBatchWorker implements AutoCloseable {
  private final PtNDManager manager;
  private final TrainCore core;
  private final int threads;

  /**
   * A worker on loaded weights.
   *
   * @param weights base weights with the current adapter merged, the caller's
   * @param settings of the training, whose method must be LoRA
   * @param threads processor threads for matrix kernels
   */
  public MicroBatchWorker(
      ModelSource source, DecoderWeights weights, TrainingSettings settings, int threads) {
    if (!(settings.method() instanceof TrainingMethod.Lora method)) {
      throw new IllegalArgumentException("trains adapters, not " + settings.method());
    }
    this.threads = threads;
    LoraParameters lora = new LoraParameters(source.architecture(), method);
    int longest = Math.min(settings.maxLength(), source.architecture().maxPositions());
    manager =
        (PtNDManager) NDManager.newBaseManager(weights.tensors().get(0).getDevice(), "PyTorch");
    try {
      core = LoraTrainer.core(manager, source, weights, lora.create(manager, 0), longest);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Loss and gradients of a micro-batch.
   *
   * @param parameters as {@link MicroBatchGradients.Step#parameters} gives them
   * @throws ai.djl.engine.EngineException where memory does not suffice; the worker stays usable
   */
  public synchronized MicroBatchResult compute(byte[] parameters, MicroBatchWork work) {
    JniUtils.setNumThreads(threads); // it belongs to the calling thread
    core.set(parameters);
    try {
      double loss =
          core.accumulate(MicroBatch.pack(work.sequences()), work.batchLearned(), work.seed());
      return new MicroBatchResult(work.step(), work.index(), loss, core.gradientBytes());
    } finally {
      core.forget();
    }
  }

  @Override
  public void close() {
    core.close();
    manager.close();
  }
}
