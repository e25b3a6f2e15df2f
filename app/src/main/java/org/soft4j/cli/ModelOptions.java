package org.soft4j.cli;

import org.soft4j.lm.open.ModelChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of every command that opens a model. */
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "Model folder, GGUF file, fetched name or embedded name.")
  private String model;

  @Mixin private OpeningOptions opening;

  ModelChoice choice() {
    return opening.choice(model);
  }
}
