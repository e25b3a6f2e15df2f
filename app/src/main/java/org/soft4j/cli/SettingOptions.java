package org.soft4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.soft.Assignment;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags that change settings of the method. */
final class SettingOptions {
  /** Where run.json says such a setting came from. */
  static final String ORIGIN = "command line";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--seed", paramLabel = "S", description = "Seed of everything drawn at random.")
  private Optional<String> seed = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "Settings from a run.json.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set an option by its dotted key; may be repeated.")
  private List<String> set = List.of();

  /** A file whose settings come before the assignments. */
  Optional<Path> config() {
    return config;
  }

  /**
   * What was set, in the order to take it in; a UserError where a key is none that the command
   * knows, with the flag or the key that was probably meant.
   *
   * @param keys that --set takes
   */
  List<Assignment> assignments(List<String> keys) {
    List<Assignment> assignments = new ArrayList<>(set.stream().map(Assignment::parse).toList());
    assignments.forEach(assignment -> refuseUnknown(assignment, keys));
    seed.ifPresent(value -> assignments.add(new Assignment("seed", value)));
    return assignments;
  }

  private void refuseUnknown(Assignment assignment, List<String> keys) {
    if (keys.contains(assignment.key())) {
      return;
    }
    String problem = "There is no setting \"%s\".".formatted(assignment.key());
    Map<String, String> flags = flags();
    // A flag may be written as a setting is: eval_device, or with a dot.
    String plain = assignment.key().replaceAll("[_.]", "-");
    if (flags.containsKey(plain)) {
      throw new UserError(
          "%s It is a flag.".formatted(problem),
          "Write %s %s instead of --set.".formatted(flags.get(plain), assignment.value()));
    }
    List<String> known = new ArrayList<>(keys);
    known.addAll(flags.keySet());
    String hint =
        DidYouMean.nearest(assignment.key(), known)
            .map(word -> keys.contains(word) ? word : "the flag " + flags.get(word))
            .map(" Did you mean %s?"::formatted)
            .orElse("");
    throw new UserError(
        problem + hint,
        "Known settings: %s. Known flags: %s."
            .formatted(String.join(", ", keys), String.join(", ", flags.values())));
  }

  /** The command's flags that take a value, by their names without dashes. */
  private Map<String, String> flags() {
    Map<String, String> flags = new TreeMap<>();
    for (OptionSpec option : spec.options()) {
      if (option.arity().max() > 0 && !option.longestName().equals("--set")) {
        flags.put(option.longestName().substring(2), option.longestName());
      }
    }
    return flags;
  }
}
