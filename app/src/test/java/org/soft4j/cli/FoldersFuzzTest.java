package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.testing.FuzzEdits;

/**
 * Run folders travel: whatever has become of one of their files, each command that reads them ends
 * with a value or with a user's error, and never with a fault. See docs/fuzzing.md.
 */
@Tag("slow")
@Tag("longest")
class FoldersFuzzTest {
  // Files of a kind are read alike; those of one round stand for all.
  private static final int IN_EVERY_BUILD = 4;
  private static final List<String> WORDS =
      List.of(
          "null",
          "true",
          "NaN",
          "-1",
          "1e999",
          "9223372036854775808",
          "{}",
          "[]",
          "\"\"",
          "\"",
          "{",
          "]",
          ",",
          "\n",
          "\\ud800",
          "\u0000",
          "../..",
          "round-9",
          "soft+",
          "\"id\": ");
  private static final List<String> COMMANDS =
      List.of(
          "compare @/made @/other",
          "report @/made --out @/page",
          "run --resume --out @/made",
          "eval --model fake --limit 2 --tasks micro_truth --resume --out @/made",
          "export fastchat @/made --as m --out @/exported",
          "judge --judge fake --answers @/made --out @/judged");

  @TempDir Path folder;

  @Test
  void aRun() throws IOException {
    holds(
        "run micro --rounds 1 --limit 2 --shots 0 --tasks micro_truth,micro_answers"
            + " --prompts @/prompts.jsonl --pool @/pool.jsonl --out @/made");
  }

  @Test
  void anEvaluation() throws IOException {
    holds("eval --model fake --limit 2 --tasks micro_truth,micro_answers --out @/made");
  }

  private void holds(String made) throws IOException {
    inputs();
    assertEquals(0, shell(made).code());
    assertEquals(0, shell(made.replace("@/made", "@/other")).code());
    TreeMap<Path, byte[]> files = files();
    assertTrue(files.size() > 3, files.keySet()::toString);
    for (Path file : files.keySet()) {
      Path name = folder.resolve("made").relativize(file);
      new FuzzEdits(List.of(files.get(file)), WORDS)
          .hold(
              name.toString(),
              IN_EVERY_BUILD,
              bytes -> {
                String outcome = outcome(files, file, bytes);
                return Arrays.equals(bytes, files.get(file)) ? "as it was" : outcome;
              });
    }
  }

  private void inputs() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append("{\"id\": \"%s\", \"type\": \"t\", \"prompt\": \"tell %s\"}\n".formatted(i, i));
    }
    Files.writeString(folder.resolve("prompts.jsonl"), lines);
    Files.writeString(
        folder.resolve("pool.jsonl"),
        lines.toString().replace("}", ", \"response\": \"it is so\"}").replace("tell", "say"));
  }

  private TreeMap<Path, byte[]> files() throws IOException {
    TreeMap<Path, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder.resolve("made"))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (Files.size(path) > 0 && !path.toString().matches(".*\\.(html|md|lock|png|svg)")) {
          files.put(path, Files.readAllBytes(path));
        }
      }
    }
    return files;
  }

  /** The exit codes of all commands, each on the folder as it was but for one file. */
  private String outcome(TreeMap<Path, byte[]> files, Path edited, byte[] bytes)
      throws IOException {
    StringBuilder codes = new StringBuilder();
    for (String command : COMMANDS) {
      restore(files);
      Files.write(edited, bytes);
      Shell shell = shell(command);
      String printed = shell.out() + shell.err();
      assertTrue(shell.code() == 0 || shell.code() == 2, () -> command + ": " + printed);
      codes.append(shell.code());
    }
    return codes.toString();
  }

  private void restore(TreeMap<Path, byte[]> files) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        boolean input = Files.isRegularFile(path) && path.getParent().equals(folder);
        if (!input && !path.equals(folder) && !path.startsWith(folder.resolve("other"))) {
          Files.delete(path);
        }
      }
    }
    for (Path file : files.keySet()) {
      Files.createDirectories(file.getParent());
      Files.write(file, files.get(file));
    }
  }

  private Shell shell(String command) {
    return Shell.run(new WatchedModels(folder), command.replace("@", folder.toString()).split(" "));
  }
}
