package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Resolved;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.datasets.micro.WorldSize;
import org.soft4j.run.ChosenTemplate;
import org.soft4j.settings.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Settings of a command that runs one stage alone: over a preset and a file, as a run has them. */
final class MethodOptions extends SettingOptions {
  private static final String MICRO = "micro";
  private static final String REAL = "smollm2";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      description =
          "Preset whose settings are taken (default: micro or small for the embedded models, else"
              + " smollm2).")
  private Optional<String> preset = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "Settings from a run.json.")
  private Optional<Path> config = Optional.empty();

  private String taken = "";

  /** A file may hold the settings of a whole run, of which a stage takes its own. */
  Settings settings(String command, String... required) {
    // What a model of 270 words learns and writes in 20 tokens suits no other.
    String model = over(Settings.preset(MICRO), required).value().model().name();
    taken = preset.orElse(EmbeddedModels.world(model).map(MethodOptions::preset).orElse(REAL));
    Resolved<Settings> settings = Settings.preset(taken);
    if (config.isPresent()) {
      Path file = config.get();
      settings =
          settings.forCommand(command, "run").withConfig(WholeFile.read(file), file.toString());
    }
    return over(settings, required).value();
  }

  /** Presets of made-up worlds are called by their size. */
  private static String preset(String world) {
    return WorldSize.ofWorld(world).label();
  }

  /** The first lines of such a command: what was chosen for it, and why. */
  void begin(ChosenTemplate template) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        "settings: preset %s%s"
            .formatted(
                taken,
                preset.isPresent()
                    ? ""
                    : !taken.equals(REAL)
                        ? ", as for the embedded models"
                        : ", as for all but the embedded models; another with --preset"));
    err.println(template.line());
    err.flush();
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
