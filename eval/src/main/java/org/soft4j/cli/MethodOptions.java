package org.soft4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.run.RunFolder;
import org.soft4j.session.Preset;
import org.soft4j.soft.ResolvedSettings;
import org.soft4j.soft.SoftSettings;
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

  @Option(names = "--seed", paramLabel = "S", description = "Seed of everything drawn at random.")
  private Optional<String> seed = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "Settings from a run.json.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set an option by its dotted key; may be repeated.")
  private List<String> set = List.of();

  SoftSettings settings() {
    ResolvedSettings settings =
        ResolvedSettings.defaults().with(Preset.named(preset).settings(), "preset " + preset);
    if (config.isPresent()) {
      settings = settings.withConfig(RunFolder.read(config.get()), config.get().toString());
    }
    List<String> assignments = new ArrayList<>(set);
    seed.ifPresent(value -> assignments.add("seed=" + value));
    for (String assignment : assignments) {
      settings = settings.set(assignment, "command line");
    }
    return settings.settings();
  }

  String template() {
    return template.orElseGet(() -> Preset.named(preset).template());
  }
}
