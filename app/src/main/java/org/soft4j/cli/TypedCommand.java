package org.soft4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The words of a command as they were typed, so that they can be typed again. */
record TypedCommand(List<String> words) {
  TypedCommand {
    words = List.copyOf(words);
  }

  static TypedCommand of(CommandSpec spec) {
    return new TypedCommand(spec.root().commandLine().getParseResult().originalArgs());
  }

  /** The same command without a flag that takes no value. */
  TypedCommand without(String flag) {
    return new TypedCommand(words.stream().filter(word -> !word.equals(flag)).toList());
  }

  /** The same command without an option and its value. */
  TypedCommand withoutValueOf(String option) {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(option)) {
        i++;
      } else if (!words.get(i).startsWith(option + "=")) {
        left.add(words.get(i));
      }
    }
    return new TypedCommand(left);
  }

  /** The same command with further words behind it. */
  TypedCommand and(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new TypedCommand(all);
  }

  /** A line for a shell. */
  String text() {
    return words.stream()
        .map(word -> " " + quoted(word))
        .collect(Collectors.joining("", "./soft4j", ""));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:+=,@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
