package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.Resolved;
import org.soft4j.core.WholeFile;
import org.soft4j.run.RunSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Settings of a command that runs one stage alone. */
final class MethodOptions {
  @Option(
      names = "--preset",
      defaultValue = "micro",
      paramLabel = "PRESET",
      description = "Preset whose settings are taken (default: ${DEFAULT-VALUE}).")
  private String preset;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings from a run.json.")
  private Optional<Path> config = Optional.empty();

  @Mixin private SettingOptions changes;

  /** Whether a setting means something to a stage: not the data, the benchmarks or the judge. */
  static boolean used(String key) {
    return key.equals("data.template") || !key.matches("(data|eval|judge)\\..*");
  }

  RunSettings settings(CommandSpec spec, String... required) {
    Resolved<RunSettings> settings = RunSettings.preset(preset);
    if (config.isPresent()) {
      Path file = config.get();
      settings = settings.withConfig(WholeFile.read(file), file.toString());
    }
    return changes.over(settings, spec, required).value();
  }
}
