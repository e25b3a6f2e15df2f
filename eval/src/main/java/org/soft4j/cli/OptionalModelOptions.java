package org.soft4j.cli;

import java.util.Optional;
import org.soft4j.error.UserError;
import org.soft4j.session.ModelChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a command that opens a model in some of its uses. */
final class OptionalModelOptions {
  @Option(
      names = "--model",
      paramLabel = "M",
      description = "Model folder, GGUF file, fetched name or embedded name.")
  private Optional<String> model = Optional.empty();

  @Mixin private OpeningOptions opening;

  ModelChoice choice() {
    return opening.choice(
        model.orElseThrow(
            () ->
                new UserError(
                    "No model is given.",
                    "Name one with --model: a folder, a GGUF file, a fetched or embedded name.")));
  }
}
