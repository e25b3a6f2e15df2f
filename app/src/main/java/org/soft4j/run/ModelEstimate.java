package org.soft4j.run;

import java.util.List;
import java.util.Locale;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.settings.PresetModel;
import org.soft4j.soft.RoundSettings;
import org.soft4j.soft.SoftSettings;

/**
 * What a run takes of a model that is not here, worked out on paper from its shape: memory from
 * tensors, time from operations and from the bytes that decoding reads. What a machine reaches is
 * assumed and told.
 *
 * @param model its shape
 * @param soft settings of the run
 */
record ModelEstimate(PresetModel model, SoftSettings soft) {
  /**
   * A third of what an A100 does in bfloat16 (312 TFLOP/s) and half of its bandwidth (2.0 TB/s).
   */
  private static final double OPERATIONS = 1e14;

  private static final double BANDWIDTH = 1e12;

  // English text in common vocabularies stays near.
  private static final double CHARACTERS_PER_TOKEN = 4;
  // Value, gradient and both moments of AdamW, in float32.
  private static final long LEARNED_BYTES = 16;
  private static final double GIBIBYTE = 1L << 30;

  /** Weights in all. */
  long parameters() {
    return shape().tensors().stream().mapToLong(ModelTensor::elements).sum();
  }

  private Architecture shape() {
    return model.shape();
  }

  private long weightBytes() {
    return 2 * parameters();
  }

  /** Numbers of one round's adapter. */
  long adapterNumbers() {
    List<String> targets = soft.training().targetModules();
    long layer =
        shape().layerTensors(0).stream()
            .filter(tensor -> tensor.shape().length == 2)
            .filter(
                tensor ->
                    targets.contains(TrainingMethod.Lora.ALL_LINEAR)
                        || targets.contains(tensor.shortModule()))
            .mapToLong(tensor -> tensor.shape()[0] + tensor.shape()[1])
            .sum();
    return layer * shape().layers() * soft.training().rank();
  }

  /** Rank of the last round's adapter, in which those before it are stacked. */
  int lastRank() {
    boolean stacked = soft.round().start() != RoundSettings.Start.BASE;
    return soft.training().rank() * (stacked ? soft.effectiveRounds() : 1);
  }

  private long cacheBytesPerToken() {
    return 4L * shape().layers() * shape().keyValueHeads() * shape().headDimension();
  }

  /** What the trainer keeps of a token between its passes where it pads, as on a GPU. */
  private long activationBytesPerToken() {
    long heads = (long) shape().heads() * shape().headDimension();
    return 4
        * shape().layers()
        * (2L * shape().hiddenSize() + 2L * shape().intermediateSize() + 7 * heads);
  }

  /** Weights, an adapter that learns and its activations; the cache of texts that are written. */
  String memory() {
    long learned = adapterNumbers() * LEARNED_BYTES;
    long activations = activationBytesPerToken() * soft.training().tokensPerMicroBatch();
    long cache = cacheBytesPerToken() * 1024 * soft.labelling().chunk();
    return "%s for the weights in bfloat16; training %s more (an adapter of %s, its gradients and moments, and the activations of %s tokens; lower training.tokens_per_micro_batch for less); labelling %s more (the cache of %s texts of 1,024 tokens)"
        .formatted(
            gibibytes(weightBytes()),
            gibibytes(learned + activations),
            String.format(Locale.ROOT, "%,d numbers", adapterNumbers()),
            soft.training().tokensPerMicroBatch(),
            gibibytes(cache),
            soft.labelling().chunk());
  }

  /** Of the adapters that are handed to a server. */
  String adapters() {
    long bytes = 4 * adapterNumbers() / soft.training().rank() * lastRank();
    return "the last round's has rank %s and %s as a file".formatted(lastRank(), gibibytes(bytes));
  }

  /** Seconds that an amount of work takes. */
  double seconds(RunWork.Amount work) {
    double forward = 2.0 * parameters();
    double read = work.read() / CHARACTERS_PER_TOKEN;
    double learned = work.learned() / CHARACTERS_PER_TOKEN + work.learnedTokens();
    double steps = work.written() / Math.max(1, soft.labelling().chunk());
    return forward * (read + work.written() + ModelRates.LEARNING * learned) / OPERATIONS
        + steps * weightBytes() / BANDWIDTH;
  }

  /** What the times assume. */
  String assumption() {
    return "on paper: 100 TFLOP/s and 1 TB/s reached, as an A100 does at a third and a half of its peaks; %s texts written at once; a token in four characters; if every label and answer is as long as it may be"
        .formatted(soft.labelling().chunk());
  }

  private static String gibibytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }
}
