package org.soft4j.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.core.Resolved;
import org.soft4j.core.SettingKey;
import org.soft4j.core.UserError;
import org.soft4j.run.RunSettings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The settings that a command line asks for: by {@code --set}, which reaches all that the command
 * uses, and by flags, each an alias of one of them.
 */
final class SettingOptions {
  private static final String ORIGIN = "command line: ";
  private static final String SET = "--set";

  @Option(
      names = SET,
      paramLabel = "KEY=VALUE",
      description = "Set an option by its dotted key; may be repeated.")
  private List<String> set = List.of();

  /** Gives commands the flags of the settings that they use. */
  static void addFlags(Collection<CommandLine> lines) {
    Set<String> preset = presetKeys();
    lines.forEach(line -> addFlags(line, preset));
  }

  private static void addFlags(CommandLine line, Set<String> preset) {
    if (line.getCommand() instanceof TakesSettings command) {
      CommandSpec spec = line.getCommandSpec();
      Map<String, String> standard = standard(command, preset);
      for (SettingKey key : SettingKey.of(RunSettings.class)) {
        String flag = key.setting().flag();
        if (!flag.isEmpty() && command.uses(key.key()) && spec.findOption(flag) == null) {
          spec.addOption(option(key, standard.getOrDefault(key.key(), "")));
        }
      }
    }
  }

  private static OptionSpec option(SettingKey key, String standard) {
    boolean plain = key.kind() == boolean.class;
    String end = standard.isEmpty() || plain ? "" : " (default: %s)".formatted(standard);
    OptionSpec.Builder option =
        OptionSpec.builder(key.setting().flag())
            .paramLabel(key.setting().label())
            .description(key.setting().value().replaceFirst("\\.$", "") + end + ".")
            .arity(plain ? "0" : "1");
    if (key.open()) {
      return option.type(Map.class).auxiliaryTypes(String.class, String.class).build();
    }
    Class<?> kind = key.kind().isEnum() ? String.class : key.kind();
    return key.list()
        ? option.type(List.class).auxiliaryTypes(kind).splitRegex(",").build()
        : option.type(kind).build();
  }

  /** What help says of the value that holds where a flag is not given, by key. */
  private static Map<String, String> standard(TakesSettings command, Set<String> preset) {
    Map<String, String> texts = new LinkedHashMap<>(command.standard().texts());
    if (command.preset()) {
      preset.forEach(key -> texts.put(key, "the preset's"));
    }
    return texts;
  }

  /** What one preset or another decides. */
  private static Set<String> presetKeys() {
    return RunSettings.PRESETS.stream()
        .flatMap(name -> RunSettings.preset(name).origins().entrySet().stream())
        .filter(entry -> !entry.getValue().equals(Resolved.DEFAULT))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * What is asked for, over other settings.
   *
   * @param spec of the command, parsed
   * @param required keys that must be asked for
   */
  Resolved<RunSettings> over(Resolved<RunSettings> settings, CommandSpec spec, String... required) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> origins = new LinkedHashMap<>();
    for (String typed : set) {
      Map.Entry<String, String> assignment = Resolved.assignment(typed);
      refuseUnused(assignment, settings, spec);
      values.put(assignment.getKey(), assignment.getValue());
      origins.put(assignment.getKey(), ORIGIN + SET);
    }
    ParseResult parsed = spec.commandLine().getParseResult();
    for (SettingKey key : settings.keys()) {
      String flag = key.setting().flag();
      if (!flag.isEmpty() && parsed.hasMatchedOption(flag)) {
        typed(key, parsed.matchedOption(flag).getValue(), spec)
            .forEach(
                (name, value) -> {
                  values.put(name, value);
                  origins.put(name, ORIGIN + flag);
                });
      }
    }
    refuseMissing(settings, values, spec, required);
    return RunSettings.asked(
        settings, values, key -> origins.getOrDefault(key, ORIGIN.replace(": ", "")));
  }

  private static Map<String, String> typed(SettingKey key, Object value, CommandSpec spec) {
    if (value instanceof Map<?, ?> entries) {
      Map<String, String> typed = new LinkedHashMap<>();
      entries.forEach((name, text) -> typed.put(key.key() + "." + name, String.valueOf(text)));
      return typed;
    }
    String text =
        value instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
            : String.valueOf(value);
    if (text.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '%s' (%s): \"%s\" is empty; is a variable of the shell not set?"
              .formatted(key.setting().flag(), key.setting().label(), text));
    }
    return Map.of(key.key(), text);
  }

  private static void refuseUnused(
      Map.Entry<String, String> set, Resolved<RunSettings> settings, CommandSpec spec) {
    String name = set.getKey();
    String flag = "--" + name.replaceAll("[_.]", "-");
    boolean alias = settings.keys().stream().anyMatch(k -> k.setting().flag().equals(flag));
    if (!settings.knows(name) && !alias && spec.findOption(flag) != null) {
      throw new UserError(
          "There is no setting \"%s\". It is a flag.".formatted(name),
          "Write %s %s instead of --set.".formatted(flag, set.getValue()));
    }
    String key = settings.known(name).key();
    if (spec.userObject() instanceof TakesSettings command && !command.uses(key)) {
      throw new UserError(
          "The setting \"%s\" means nothing to %s.".formatted(name, spec.name()),
          "It takes: %s."
              .formatted(
                  settings.keys().stream()
                      .map(SettingKey::key)
                      .filter(command::uses)
                      .collect(Collectors.joining(", "))));
    }
  }

  private static void refuseMissing(
      Resolved<RunSettings> settings,
      Map<String, String> values,
      CommandSpec spec,
      String... required) {
    List<String> missing = new ArrayList<>();
    for (String key : required) {
      if (values.getOrDefault(key, "").isBlank()) {
        var setting = settings.known(key).setting();
        missing.add("'%s=%s'".formatted(setting.flag(), setting.label()));
      }
    }
    if (!missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required option%s: %s"
              .formatted(missing.size() > 1 ? "s" : "", String.join(", ", missing)));
    }
  }
}
