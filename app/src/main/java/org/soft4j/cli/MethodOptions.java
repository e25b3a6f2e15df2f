package org.soft4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Resolved;
import org.soft4j.core.WholeFile;
import org.soft4j.settings.Settings;
import picocli.CommandLine.Option;

/** Settings of a command that runs one stage alone: over a preset and a file, as a run has them. */
final class MethodOptions extends SettingOptions {
  @Option(
      names = "--preset",
      defaultValue = "micro",
      paramLabel = "PRESET",
      description = "Preset whose settings are taken (default: ${DEFAULT-VALUE}).")
  private String preset;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings from a run.json.")
  private Optional<Path> config = Optional.empty();

  /** A file may hold the settings of a whole run, of which a stage takes its own. */
  Settings settings(String command, String... required) {
    Resolved<Settings> settings = Settings.preset(preset);
    if (config.isPresent()) {
      Path file = config.get();
      settings =
          settings.forCommand(command, "run").withConfig(WholeFile.read(file), file.toString());
    }
    return over(settings, required).value();
  }

  /** What was typed of it that the next stage needs too. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    for (String flag : List.of("--preset", "--config", "--template")) {
      String value = typed(flag);
      if (!value.isEmpty()) {
        words.addAll(List.of(flag, value));
      }
    }
    return words;
  }
}
