package org.soft4j.settings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.JsonFault;
import org.soft4j.core.Resolved;
import org.soft4j.core.SettingKey;
import org.soft4j.core.UserError;

/**
 * Every setting with its meaning, default, values, unit and commands, made from the one tree of
 * settings: what {@code soft4j settings} prints and docs/settings.md holds.
 *
 * @param rows in the order of the tree
 */
public record SettingTable(List<Row> rows) {
  /**
   * One setting.
   *
   * @param key dotted, such as {@code training.rank}
   * @param meaning in sentences
   * @param standard its default as text; empty where there is none
   * @param others defaults that presets and commands have instead, by their names
   * @param values which it takes
   * @param unit what a number counts; empty for a bare number and for texts
   * @param flag its alias; empty where {@code --set} alone reaches it
   * @param commands that take it
   */
  public record Row(
      String key,
      String meaning,
      String standard,
      Map<String, String> others,
      String values,
      String unit,
      String flag,
      List<String> commands) {
    /** The first part of its key; empty for a setting of the run as a whole. */
    public String group() {
      return key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
    }

    /** The default, and where it is another one, in words. */
    public String defaults() {
      StringBuilder words = new StringBuilder(standard.isEmpty() ? "none" : standard);
      others.forEach((who, text) -> words.append("; ").append(who).append(": ").append(text));
      return words.toString();
    }
  }

  /**
   * The table.
   *
   * @param commandDefaults texts by key of commands whose defaults are others
   */
  public static SettingTable of(Map<String, Map<String, String>> commandDefaults) {
    Map<String, String> standard = Resolved.defaults(Settings.DEFAULT).texts();
    Map<String, Map<String, String>> others = new LinkedHashMap<>();
    for (String preset : Settings.PRESETS) {
      others.put("preset " + preset, Settings.preset(preset).texts());
    }
    others.putAll(commandDefaults);
    return new SettingTable(
        SettingKey.of(Settings.class).stream().map(key -> row(key, standard, others)).toList());
  }

  private static Row row(
      SettingKey key, Map<String, String> standard, Map<String, Map<String, String>> others) {
    String plain = shown(key, standard);
    Map<String, String> differing = new LinkedHashMap<>();
    others.forEach(
        (who, texts) -> {
          String text = shown(key, texts);
          if (!text.equals(plain)) {
            differing.put(who, text.isEmpty() ? "none" : text);
          }
        });
    return new Row(
        key.open() ? key.key() + ".NAME" : key.key(),
        key.setting().value(),
        plain,
        differing,
        values(key, plain),
        key.setting().unit(),
        key.setting().flag(),
        commands(key));
  }

  /** A study takes what a run does: for all of its conditions, or to vary it. */
  private static List<String> commands(SettingKey key) {
    List<String> commands = new ArrayList<>(key.commands());
    if (commands.contains("run") && !commands.contains("study")) {
      commands.add(commands.indexOf("run") + 1, "study");
    }
    return commands;
  }

  /** A number that is none is written as nothing. */
  private static String shown(SettingKey key, Map<String, String> texts) {
    if (key.open()) {
      List<String> entries = new ArrayList<>();
      texts.forEach(
          (name, text) -> {
            if (name.startsWith(key.key() + ".")) {
              entries.add(name.substring(key.key().length() + 1) + "=" + text);
            }
          });
      return String.join(" ", entries);
    }
    String text = texts.getOrDefault(key.key(), "");
    if (text.equals("NaN")) {
      return "";
    }
    return key.kind() == double.class
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : text.replace(",", ", ");
  }

  private static String values(SettingKey key, String standard) {
    if (!key.setting().values().isEmpty()) {
      return key.setting().values();
    }
    if (key.open()) {
      return "text";
    }
    if (key.kind() == Map.class) {
      return "names with whole numbers, such as hhh=0,1";
    }
    if (key.list()) {
      return key.kind() == String.class ? "texts with commas" : "whole numbers with commas";
    }
    if (key.kind().isEnum()) {
      return String.join(", ", JsonFault.constants(key.kind()));
    }
    if (key.kind() == boolean.class) {
      return "true, false";
    }
    return key.kind() == String.class
        ? "text"
        : NumberRange.words(key, standard.isEmpty() ? 1 : Double.parseDouble(standard));
  }

  /**
   * The rows that a word names: one key, a flag, or all below a prefix.
   *
   * @throws UserError with the nearest known one, if there is none
   */
  public List<Row> named(String word) {
    List<Row> exact =
        rows.stream()
            .filter(row -> row.key.equals(word) || row.flag.equals(word) || open(row, word))
            .toList();
    List<Row> below = rows.stream().filter(row -> row.key.startsWith(word + ".")).toList();
    List<Row> found = exact.isEmpty() ? below : exact;
    if (found.isEmpty()) {
      throw new UserError(
          "There is no setting \"%s\".%s".formatted(word, hint(word)),
          "./soft4j settings lists all of them, ./soft4j settings %s a group."
              .formatted(groups().keySet().stream().skip(1).findFirst().orElseThrow()));
    }
    return found;
  }

  private static boolean open(Row row, String word) {
    return row.key.endsWith(".NAME")
        && word.startsWith(row.key.substring(0, row.key.length() - "NAME".length()));
  }

  private String hint(String word) {
    Optional<Row> flag =
        rows.stream().filter(row -> row.flag.equals("--" + word.replace('_', '-'))).findFirst();
    if (flag.isPresent()) {
      return " Did you mean %s?".formatted(flag.get().key);
    }
    TreeSet<String> known = new TreeSet<>(groups().keySet());
    known.remove("");
    rows.forEach(row -> known.add(row.key));
    rows.forEach(row -> known.add(row.flag));
    known.remove("");
    return DidYouMean.hint(word, known);
  }

  /** What each group is about, by its name; that of a run as a whole is the empty one. */
  public static Map<String, String> groups() {
    Map<String, String> groups = new LinkedHashMap<>();
    groups.put("", "What is done as a whole.");
    groups.putAll(SettingKey.groups(Settings.class));
    return groups;
  }

  /** docs/settings.md: a table a group. */
  public String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    groups()
        .forEach(
            (group, about) -> {
              page.append("\n## ").append(group.isEmpty() ? "No group" : group);
              page.append("\n\n").append(about).append("\n\n").append(HEAD);
              rows.stream()
                  .filter(row -> row.group().equals(group))
                  .forEach(r -> page.append(line(r)));
            });
    return page.toString();
  }

  private static final String INTRODUCTION =
      """
      # Settings

      Every setting of every command, in one tree. `--set KEY=VALUE` sets one by its dotted key; a
      flag is another name for a key; a preset, a file (`--config`) and the command line win over
      the default, in this order, and run.json says where each value came from. `./soft4j settings`
      prints this table, `./soft4j settings training` a group, `./soft4j settings training.rank` one.

      This page is made from the settings themselves: `./soft4j settings --markdown > docs/settings.md`
      """;

  private static final String HEAD =
      """
      | key | meaning | default | values | unit | flag | commands |
      |---|---|---|---|---|---|---|
      """;

  private static String line(Row row) {
    return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            row.key,
            cell(row.meaning),
            cell(row.defaults()),
            cell(row.values),
            cell(row.unit),
            row.flag.isEmpty() ? "" : "`" + row.flag + "`",
            String.join(", ", row.commands));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }
}
