package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.lm.open.ModelChoice;
import picocli.CommandLine.Option;

/** The model flags of a run, each of which falls back on what the preset says. */
final class RunModelOptions {
  @Option(
      names = "--model",
      paramLabel = "M",
      description = "Model folder, GGUF file, fetched or embedded name.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--device", paramLabel = "D", description = "auto, cpu or gpu:N.")
  private Optional<String> device = Optional.empty();

  @Option(names = "--dtype", paramLabel = "T", description = "auto, float32, bfloat16 or int8.")
  private Optional<String> dtype = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "Threads of matrix kernels.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--bos",
      paramLabel = "B",
      description =
          "Beginning-of-text token before every text: auto (as the tokenizer has it), on or off.")
  private Optional<String> bos = Optional.empty();

  ModelChoice over(ModelChoice preset) {
    Optional<Path> adapter = model.isPresent() ? Optional.empty() : preset.adapter();
    return new ModelChoice(
        model.orElse(preset.model()),
        adapter,
        device.orElse(preset.device()),
        dtype.orElse(preset.dtype()),
        threads.orElse(preset.threads()),
        bos.orElse(preset.bos()));
  }
}
