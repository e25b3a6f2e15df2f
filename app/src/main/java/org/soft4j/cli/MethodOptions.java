package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.WholeFile;
import org.soft4j.run.Preset;
import org.soft4j.soft.Assignment;
import org.soft4j.soft.ResolvedSettings;
import org.soft4j.soft.SoftSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of the method, for commands that run one stage alone. */
final class MethodOptions {
  @Option(
      names = "--preset",
      defaultValue = "micro",
      paramLabel = "PRESET",
      description = "Preset whose settings are taken (default: ${DEFAULT-VALUE}).")
  private String preset;

  @Option(
      names = "--template",
      paramLabel = "T",
      description = "micro, chatml, plain, or a JSON file (default: the preset's).")
  private Optional<String> template = Optional.empty();

  @Mixin private SettingOptions changes;

  SoftSettings settings() {
    ResolvedSettings settings =
        ResolvedSettings.defaults().with(Preset.named(preset).settings(), "preset " + preset);
    if (changes.config().isPresent()) {
      Path file = changes.config().get();
      settings = settings.withConfig(WholeFile.read(file), file.toString());
    }
    for (Assignment set : changes.assignments(ResolvedSettings.keys())) {
      settings = settings.set(set, SettingOptions.ORIGIN);
    }
    return settings.settings();
  }

  String template() {
    return template.orElseGet(() -> Preset.named(preset).template());
  }
}
