package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything on docs/tasks.md works as it stands there: its files are written, its commands are
 * typed into a shell, and what it says they print is what they print.
 */
@Tag("slow")
class BringYourOwnTest {
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- (file|run|output of)(?:: (.*?))? -->\n```\\w*\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path folder;

  private TypedLauncher launcher;

  @Test
  void thePageIsTrue() throws IOException, InterruptedException {
    List<Matcher> blocks = new ArrayList<>();
    String page = Files.readString(Path.of("../docs/tasks.md"));
    Matcher found = BLOCK.matcher(page);
    while (found.find()) {
      blocks.add(BLOCK.matcher(found.group()));
      assertTrue(blocks.get(blocks.size() - 1).matches());
    }
    launcher = TypedLauncher.in(folder, Map.of());
    Map<String, String> printed = new LinkedHashMap<>();
    int commands = 0;
    for (Matcher block : blocks) {
      String text = block.group(3);
      switch (block.group(1)) {
        case "file" -> write(block.group(2), text);
        case "run" -> {
          for (String line : text.lines().toList()) {
            printed.put(line, typed(line));
            commands++;
          }
        }
        default -> assertEquals(text, output(printed, block.group(2)));
      }
    }
    assertEquals(8, commands);
    String rivers = output(printed, "eval --model micro-1 --tasks rivers");
    Pattern row = Pattern.compile("^rivers +acc +0 +[0-9.]+ +50.0 +1$", Pattern.MULTILINE);
    assertTrue(row.matcher(rivers).find(), rivers);
    assertTrue(Files.exists(folder.resolve("runs/by-name/capitals-0shot.jsonl")));
  }

  private static String output(Map<String, String> printed, String part) {
    return printed.entrySet().stream()
        .filter(e -> e.getKey().contains(part + " ") || e.getKey().endsWith(part))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing was run with " + part));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    assertFalse(Files.exists(file), name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What a command prints; it must succeed. */
  private String typed(String line) throws IOException, InterruptedException {
    TypedLauncher.Typed typed = launcher.type(line);
    assertEquals(0, typed.code(), line + "\n" + typed.err());
    return typed.out();
  }
}
