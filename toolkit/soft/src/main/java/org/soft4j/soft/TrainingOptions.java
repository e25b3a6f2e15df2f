package org.soft4j.soft;

import java.util.List;
import java.util.Optional;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.outside.TrainerCommand;

/**
 * Settings of each round's training; {@link TrainingSettings} and {@link TrainingMethod} say what
 * each means. The defaults are those of the micro world's prototype (adapters of rank 8, alpha 16,
 * all linear layers, 2e-3, two epochs of 16); a preset for a larger model sets its own.
 */
public record TrainingOptions(
    @Setting(
            "lora trains an adapter beside frozen weights, full all weights; rank, alpha, "
                + "dropout and target modules are for adapters only.")
        Trained method,
    @Setting("Rank of an adapter.") int rank,
    @Setting("An adapter's outputs are scaled by alpha / rank.") double alpha,
    @Setting(
            value = "Share of an adapter's inputs that is dropped while it is trained.",
            unit = "share of 1")
        double dropout,
    @Setting("Linear layers that get an adapter, such as q_proj,v_proj, or all-linear.")
        List<String> targetModules,
    @Setting("Peak learning rate of AdamW, reached after the warm-up.") double learningRate,
    @Setting(
            value = "Optimizer steps over which the learning rate rises.",
            unit = "optimizer steps")
        int warmupSteps,
    @Setting(
            value = "The learning rate falls along a cosine to this share of itself.",
            unit = "share of 1")
        double finalLearningRateShare,
    @Setting(value = "Passes over each round's labels.", unit = "passes") int epochs,
    @Setting(value = "Examples in an optimizer step.", unit = "examples") int batchSize,
    @Setting(
            value = "Tokens computed together; bounds memory, and does not change what is learned.",
            unit = "tokens")
        int tokensPerMicroBatch,
    @Setting("Gradients are clipped to this norm; 0 for no clipping.") double clipNorm,
    @Setting("Decoupled weight decay of AdamW.") double weightDecay,
    @Setting(value = "Longest example in tokens.", unit = "tokens") int maxLength,
    @Setting("Whether the model's stop token is learned after each response.")
        boolean appendStopToken,
    @Setting(
            value = "Optimizer steps between checkpoints, from which a killed run goes on.",
            unit = "optimizer steps")
        int checkpointEvery,
    @Setting(
            value =
                "A trainer of your own in place of the one inside: a command with {examples} (prompts"
                    + " and completions, JSON Lines) and {out} (where it writes an adapter in PEFT's"
                    + " layout), and {base} and {previous} where it needs them; docs/scale.md.",
            values = "empty for the trainer inside, or a command")
        String command) {
  /** What a round trains. */
  public enum Trained {
    /** An adapter beside frozen weights. */
    LORA,
    /** All weights. */
    FULL
  }

  /** The micro prototype's recipe. */
  public static final TrainingOptions DEFAULT =
      new TrainingOptions(
          Trained.LORA,
          8,
          16,
          0,
          List.of(TrainingMethod.Lora.ALL_LINEAR),
          2e-3,
          5,
          0.1,
          2,
          16,
          2048,
          1,
          0,
          1024,
          true,
          25,
          "");

  private static final double MOST_DROPOUT = 0.95;

  /** Checks the ranges and copies the list. */
  public TrainingOptions {
    Checks.atLeast("training.rank", rank, 1);
    Checks.within("training.dropout", dropout, 0, MOST_DROPOUT);
    Checks.within("training.learning_rate", learningRate, 0, 10);
    Checks.within("training.final_learning_rate_share", finalLearningRateShare, 0, 1);
    Checks.atLeast("training.warmup_steps", warmupSteps, 0);
    Checks.atLeast("training.epochs", epochs, 1);
    Checks.atLeast("training.batch_size", batchSize, 1);
    Checks.atLeast("training.tokens_per_micro_batch", tokensPerMicroBatch, 1);
    Checks.atLeast("training.max_length", maxLength, 2);
    Checks.atLeast("training.checkpoint_every", checkpointEvery, 1);
    Checks.within("training.alpha", alpha, Double.MIN_VALUE, 1e6);
    Checks.within("training.clip_norm", clipNorm, 0, 1e6);
    Checks.within("training.weight_decay", weightDecay, 0, 1);
    targetModules = List.copyOf(targetModules);
    Checks.some("training.target_modules", targetModules, TrainingMethod.Lora.MODULES);
    command = command == null ? "" : command.strip(); // a record of an earlier version has none
    if (!command.isEmpty()) {
      TrainerCommand.parse(command);
      if (method == Trained.FULL) {
        throw new UserError(
            "training.command brings adapters, and training.method is full.",
            "Leave one of them out.");
      }
    }
  }

  /** The command that trains in place of the trainer inside, where there is one. */
  public Optional<TrainerCommand> outside() {
    return command.isEmpty() ? Optional.empty() : Optional.of(TrainerCommand.parse(command));
  }

  /** The runtime's settings with a seed and a number of epochs, in the order of the examples. */
  public TrainingSettings settings(int epochsNow, long seed) {
    return new TrainingSettings(
        method == Trained.FULL
            ? new TrainingMethod.Full()
            : new TrainingMethod.Lora(rank, alpha, dropout, targetModules),
        learningRate,
        warmupSteps,
        finalLearningRateShare,
        epochsNow,
        batchSize,
        tokensPerMicroBatch,
        clipNorm,
        weightDecay,
        maxLength,
        appendStopToken,
        checkpointEvery,
        seed,
        false);
  }
}
