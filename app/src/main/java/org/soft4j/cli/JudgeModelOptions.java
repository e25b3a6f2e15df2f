package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.remote.RemoteSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that choose a judge. */
final class JudgeModelOptions {
  @Option(
      names = "--judge",
      required = true,
      paramLabel = "M",
      description =
          "Endpoint http(s)://host/v1#model (key in SOFT4J_API_KEY or OPENAI_API_KEY), or a model"
              + " folder, GGUF file or fetched name.")
  private String judge;

  @Option(
      names = "--judge-adapter",
      paramLabel = "DIR",
      description = "Adapter in PEFT's layout, put on a local judge.")
  private Optional<Path> adapter = Optional.empty();

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "D",
      description = "Of a local judge: auto, cpu or gpu:N (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--dtype",
      defaultValue = "auto",
      paramLabel = "T",
      description =
          "Of a local judge: auto, float32, bfloat16 or int8 (default: ${DEFAULT-VALUE}).")
  private String dtype;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description = "Of a local judge; 0 leaves the choice to the engine.")
  private int threads;

  @Mixin private EndpointOptions endpoint;

  ModelChoice choice() {
    return new ModelChoice(judge, adapter, device, dtype, threads, "auto");
  }

  RemoteSettings settings() {
    return endpoint.settings();
  }
}
