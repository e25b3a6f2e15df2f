package org.soft4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Flags that a remedy names and the command does not have: what goes wrong far below a command is
 * told in the words of the command that most often meets it.
 */
final class OtherFlags {
  /** A flag of ours; those of the harness and of Jupyter have underscores, or stand elsewhere. */
  static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*[a-z](?![\\w-])");

  private OtherFlags() {}

  /** A line for each such flag, with the commands that have it. */
  static List<String> named(String remedy, CommandLine command) {
    List<String> lines = new ArrayList<>();
    CommandLine root = command.getCommandSpec().root().commandLine();
    for (String flag : flags(remedy)) {
      Set<String> others = having(flag, root);
      boolean named =
          others.stream().anyMatch(other -> remedy.matches("(?s).*\\b" + other + " .*"));
      if (command.getCommandSpec().findOption(flag) == null && !others.isEmpty() && !named) {
        lines.add(
            "(%s is a flag of %s; %s has none.)"
                .formatted(flag, String.join(", ", others), command.getCommandName()));
      }
    }
    return lines;
  }

  /** All flags that a text names. */
  static Set<String> flags(String text) {
    Set<String> flags = new LinkedHashSet<>();
    Matcher found = FLAG.matcher(text);
    while (found.find()) {
      flags.add(found.group());
    }
    return flags;
  }

  /** Commands that have a flag, or of which one below has it. */
  static Set<String> having(String flag, CommandLine root) {
    Set<String> names = new TreeSet<>();
    root.getSubcommands()
        .forEach(
            (name, line) -> {
              if (line.getCommandSpec().findOption(flag) != null || !having(flag, line).isEmpty()) {
                names.add(name);
              }
            });
    return names;
  }
}
