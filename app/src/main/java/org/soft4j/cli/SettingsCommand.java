package org.soft4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.settings.SettingTable;
import org.soft4j.settings.SettingTable.Row;
import org.soft4j.table.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description = "List every setting: its meaning, default, values, unit, flag and commands.",
    footer = {
      "",
      "Set one by `--set KEY=VALUE`, or by its flag. docs/settings.md is the same list."
    })
final class SettingsCommand implements Callable<Integer> {
  private static final int WIDTH = 79;
  private static final String INDENT = "    ";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY",
      description = "A key such as training.rank, a group such as training, or a flag.")
  private Optional<String> key = Optional.empty();

  @Option(names = "--markdown", description = "Print the page docs/settings.md.")
  private boolean markdown;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    SettingTable table = SettingTable.of(commandDefaults(spec.root().commandLine()));
    if (markdown) {
      out.print(table.markdown());
    } else {
      print(key.map(table::named).orElse(table.rows()), out);
    }
    out.flush();
    return 0;
  }

  /** Where a command's defaults are not those of the tree, and no preset's. */
  private static Map<String, Map<String, String>> commandDefaults(CommandLine root) {
    Map<String, Map<String, String>> others = new LinkedHashMap<>();
    root.getSubcommands()
        .forEach(
            (name, line) ->
                SettingOptions.ownDefaults(line.getCommandSpec())
                    .ifPresent(texts -> others.put(name, texts)));
    return others;
  }

  private static void print(List<Row> rows, PrintWriter out) {
    Map<String, String> groups = SettingTable.groups();
    String group = null;
    for (Row row : rows) {
      if (rows.size() > 1 && !row.group().equals(group)) {
        group = row.group();
        out.println((row == rows.get(0) ? "" : "\n") + heading(group, groups.get(group)));
      }
      print(row, out);
    }
  }

  private static String heading(String group, String about) {
    return group.isEmpty() ? about : group + ": " + about;
  }

  private static void print(Row row, PrintWriter out) {
    out.println(row.key() + (row.flag().isEmpty() ? "" : "  " + row.flag()));
    for (String line : TextTable.wrapped(row.meaning(), WIDTH - INDENT.length())) {
      out.println(INDENT + line);
    }
    List<String> facts = new ArrayList<>();
    facts.add("default: " + row.defaults());
    facts.add("values: " + row.values() + (row.unit().isEmpty() ? "" : " (" + row.unit() + ")"));
    facts.add("for: " + String.join(", ", row.commands()));
    for (String fact : facts) {
      for (String line : TextTable.wrapped(fact, WIDTH - 2 * INDENT.length())) {
        out.println(INDENT + INDENT + line);
      }
    }
  }
}
