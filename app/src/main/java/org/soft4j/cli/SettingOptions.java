package org.soft4j.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.SettingKey;
import org.soft4j.core.UserError;
import org.soft4j.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The settings that a command line asks for: by {@code --set}, which reaches all that the command
 * takes, and by flags, each an alias of one of them. A command with this mixin has the flags of the
 * settings that name it.
 */
class SettingOptions {
  private static final String ORIGIN = "command line: ";
  private static final String SET = "--set";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = SET,
      paramLabel = "KEY=VALUE",
      description = "Set an option by its dotted key; may be repeated.")
  private List<String> set = List.of();

  private final Resolved<Settings> standard;
  private final boolean preset;
  private final String[] others;

  private SettingOptions(Resolved<Settings> standard, boolean preset, String... others) {
    this.standard = standard;
    this.preset = preset;
    this.others = others;
  }

  /** For a command that begins with a preset. */
  SettingOptions() {
    this(Resolved.defaults(Settings.DEFAULT), true);
  }

  /** For a command that begins with the defaults. */
  static SettingOptions overDefaults() {
    return new SettingOptions(Resolved.defaults(Settings.DEFAULT), false);
  }

  /** For a command that begins with a preset, and takes what another command takes besides. */
  static SettingOptions alsoOf(String command) {
    return new SettingOptions(Resolved.defaults(Settings.DEFAULT), true, command);
  }

  /** For a command of which some defaults are others, by key. */
  static SettingOptions overDefaults(Map<String, String> others) {
    return new SettingOptions(
        Resolved.defaults(Settings.DEFAULT).with(others, Resolved.DEFAULT), false);
  }

  /** Gives commands, and those below them, the flags of the settings that they take. */
  static void addFlags(Collection<CommandLine> lines) {
    addFlags(lines, presetKeys());
  }

  private static void addFlags(Collection<CommandLine> lines, Set<String> preset) {
    for (CommandLine line : lines) {
      addFlags(line.getSubcommands().values(), preset);
      line.getCommandSpec().mixins().values().stream()
          .map(CommandSpec::userObject)
          .filter(SettingOptions.class::isInstance)
          .forEach(mixin -> ((SettingOptions) mixin).addFlags(line.getCommandSpec(), preset));
    }
  }

  private void addFlags(CommandSpec command, Set<String> presetKeys) {
    Map<String, String> standards = new LinkedHashMap<>(standard.texts());
    if (preset) {
      presetKeys.forEach(key -> standards.put(key, "the preset's"));
    }
    for (SettingKey key : standard.forCommand(name(command), others).keys()) {
      String flag = key.setting().flag();
      if (!flag.isEmpty() && command.findOption(flag) == null) {
        command.addOption(option(key, names(flag, command), standards.getOrDefault(key.key(), "")));
      }
    }
  }

  /** The defaults of a command that begins with other ones than the tree, and with no preset. */
  static Optional<Map<String, String>> ownDefaults(CommandSpec command) {
    Resolved<Settings> plain = Resolved.defaults(Settings.DEFAULT);
    return command.mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(SettingOptions.class::isInstance)
        .map(mixin -> ((SettingOptions) mixin).standard)
        .filter(own -> !own.value().equals(plain.value()))
        .filter(own -> Settings.PRESETS.stream().noneMatch(name -> begins(own, name)))
        .map(Resolved::texts)
        .findFirst();
  }

  private static boolean begins(Resolved<Settings> own, String preset) {
    return own.value().equals(Settings.preset(preset).value());
  }

  /** Which command's settings these are: a subcommand takes those of the command above it. */
  private static String name(CommandSpec command) {
    CommandSpec named = command;
    while (named.parent() != null && named.parent().parent() != null) {
      named = named.parent();
    }
    return named.name();
  }

  /** Within {@code judge}, {@code --judge-device} is {@code --device} too. */
  private static String[] names(String flag, CommandSpec command) {
    String within = "--" + name(command) + "-";
    return flag.startsWith(within)
        ? new String[] {"--" + flag.substring(within.length()), flag}
        : new String[] {flag};
  }

  private static OptionSpec option(SettingKey key, String[] names, String standard) {
    boolean plain = key.kind() == boolean.class;
    boolean none = standard.isEmpty() || standard.equals("NaN") || plain;
    String end = none ? "" : " (default: %s)".formatted(standard);
    OptionSpec.Builder option =
        OptionSpec.builder(names)
            .paramLabel(key.setting().label())
            .description(key.setting().value().replaceFirst("\\.$", "") + end + ".")
            .arity(plain ? "0" : "1");
    if (key.open()) {
      return option.type(Map.class).auxiliaryTypes(String.class, String.class).build();
    }
    Class<?> kind = key.kind().isEnum() ? String.class : key.kind();
    if (!key.list()) {
      return option.type(kind).build();
    }
    option.type(List.class).auxiliaryTypes(kind);
    return key.setting().repeated() ? option.build() : option.splitRegex(",").build();
  }

  /** What one preset or another decides. */
  private static Set<String> presetKeys() {
    return Settings.PRESETS.stream()
        .flatMap(name -> Settings.preset(name).origins().entrySet().stream())
        .filter(entry -> !entry.getValue().equals(Resolved.DEFAULT))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /**
   * What is asked for, over the command's defaults.
   *
   * @param required keys that must be asked for
   */
  Resolved<Settings> resolved(String... required) {
    return over(standard, required);
  }

  /** What is asked for, over other settings. */
  Resolved<Settings> over(Resolved<Settings> before, String... required) {
    Resolved<Settings> settings = before.forCommand(name(spec), others);
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> origins = new LinkedHashMap<>();
    for (String typed : set) {
      Map.Entry<String, String> assignment = Resolved.assignment(typed);
      refuseFlag(assignment, settings);
      settings.known(assignment.getKey());
      values.put(assignment.getKey(), assignment.getValue());
      origins.put(assignment.getKey(), ORIGIN + SET);
    }
    ParseResult parsed = spec.commandLine().getParseResult();
    for (SettingKey key : settings.keys()) {
      String flag = key.setting().flag();
      if (!flag.isEmpty() && parsed.hasMatchedOption(flag)) {
        typed(key, parsed.matchedOption(flag).getValue())
            .forEach(
                (name, value) -> {
                  values.put(name, value);
                  origins.put(name, ORIGIN + names(flag, spec)[0]);
                });
      }
    }
    refuseMissing(settings, values, required);
    try {
      return Settings.asked(
          settings, values, key -> origins.getOrDefault(key, ORIGIN.replace(": ", "")));
    } catch (UserError refused) {
      throw named(refused, origins);
    }
  }

  /** The value of a flag as it was typed; empty where it was not. */
  String typed(String flag) {
    ParseResult parsed = spec.commandLine().getParseResult();
    return parsed.hasMatchedOption(flag)
        ? String.join("", parsed.matchedOption(flag).originalStringValues())
        : "";
  }

  /** A value that was given by a flag is refused by the flag's name. */
  private static UserError named(UserError refused, Map<String, String> origins) {
    for (Map.Entry<String, String> origin : origins.entrySet()) {
      String flag = origin.getValue().substring(ORIGIN.length());
      String key = origin.getKey();
      if (!flag.equals(SET) && refused.getMessage().startsWith(key + " ")) {
        String message = flag + refused.getMessage().substring(key.length());
        return new UserError(message, refused.remedy(), refused);
      }
    }
    return refused;
  }

  /** The flag or {@code --set} by which a setting was given; empty where it was not. */
  static Optional<String> given(Resolved<Settings> settings, String key) {
    return Optional.of(settings.origins().getOrDefault(key, ""))
        .filter(origin -> origin.startsWith(ORIGIN))
        .map(origin -> origin.substring(ORIGIN.length()));
  }

  /** The settings below a key that were asked for, as words to type. */
  static List<String> words(Resolved<Settings> settings, String below) {
    List<String> words = new ArrayList<>();
    Map<String, String> texts = settings.texts();
    for (SettingKey key : settings.keys()) {
      if (key.key().startsWith(below) && given(settings, key.key()).isPresent()) {
        words.add(key.setting().flag());
        if (key.kind() != boolean.class) {
          words.add(texts.get(key.key()));
        }
      }
    }
    return words;
  }

  private Map<String, String> typed(SettingKey key, Object value) {
    if (value instanceof Map<?, ?> entries) {
      Map<String, String> typed = new LinkedHashMap<>();
      entries.forEach((name, text) -> typed.put(key.key() + "." + name, String.valueOf(text)));
      return typed;
    }
    String text = text(key, value);
    if (text.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '%s' (%s): \"%s\" is empty; is a variable of the shell not set?"
              .formatted(names(key.setting().flag(), spec)[0], key.setting().label(), text));
    }
    return Map.of(key.key(), text);
  }

  private static String text(SettingKey key, Object value) {
    if (value instanceof List<?> list) {
      return key.setting().repeated()
          ? Json.line(list)
          : list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return String.valueOf(value);
  }

  private void refuseFlag(Map.Entry<String, String> set, Resolved<Settings> settings) {
    String name = set.getKey();
    String flag = "--" + name.replaceAll("[_.]", "-");
    boolean alias = settings.keys().stream().anyMatch(k -> k.setting().flag().equals(flag));
    boolean setting = Resolved.defaults(Settings.DEFAULT).knows(name);
    if (!setting && !alias && spec.findOption(flag) != null) {
      throw new UserError(
          "There is no setting \"%s\". It is a flag.".formatted(name),
          "Write %s %s instead of --set.".formatted(flag, set.getValue()));
    }
  }

  /** A flag that other commands have is refused with what it is for. */
  static Optional<UserError> refusal(String word, CommandSpec command) {
    String flag = word.replaceFirst("=.*", "");
    List<SettingKey> all = SettingKey.of(Settings.class);
    return all.stream()
        .filter(key -> !key.setting().flag().isEmpty() && key.setting().flag().equals(flag))
        .filter(key -> !key.isFor(name(command)) && command.findOption(flag) == null)
        .findFirst()
        .map(key -> key.refusal(flag, name(command), all));
  }

  private void refuseMissing(
      Resolved<Settings> settings, Map<String, String> values, String... required) {
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
