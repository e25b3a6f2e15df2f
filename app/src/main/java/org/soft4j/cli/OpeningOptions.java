package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.lm.open.ModelChoice;
import picocli.CommandLine.Option;

/** The flags that say how a model is opened. */
final class OpeningOptions {
  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "Adapter in PEFT's layout, put on the model.")
  private Optional<Path> adapter = Optional.empty();

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "D",
      description = "auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--dtype",
      defaultValue = "auto",
      paramLabel = "T",
      description = "auto, float32, bfloat16 or int8 (default: ${DEFAULT-VALUE}).")
  private String dtype;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Threads of matrix kernels; 0 leaves the choice to the engine.")
  private int threads;

  @Option(
      names = "--bos",
      defaultValue = "auto",
      paramLabel = "B",
      description =
          "Beginning-of-text token before every text: auto (as the tokenizer has it), on or off (default:"
              + " ${DEFAULT-VALUE}).")
  private String bos;

  ModelChoice choice(String model) {
    return new ModelChoice(model, adapter, device, dtype, threads, bos);
  }
}
