package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
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
 * typed into a shell, and what it says they print is what they print. Only the launcher is
 * replaced, by a script with its two lines that matter, since it would build the project.
 */
@Tag("slow")
class BringYourOwnTest {
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- (file|run|output of)(?:: (.*?))? -->\n```\\w*\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void thePageIsTrue() throws IOException, InterruptedException {
    List<Matcher> blocks = new ArrayList<>();
    String page = Files.readString(Path.of("../docs/tasks.md"));
    Matcher found = BLOCK.matcher(page);
    while (found.find()) {
      blocks.add(BLOCK.matcher(found.group()));
      assertTrue(blocks.get(blocks.size() - 1).matches());
    }
    launcher();
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

  private void launcher() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    write(
        "soft4j",
        """
        #!/usr/bin/env bash
        if [ "$1" = classpath ]; then printf '%%s\\n' '%s'; exit 0; fi
        exec '%s' -Xmx512m -XX:TieredStopAtLevel=1 -Djava.awt.headless=true -Dai.djl.offline=true \
        -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
        -cp '%s'"${SOFT4J_CLASSPATH:+:$SOFT4J_CLASSPATH}" org.soft4j.cli.Main "$@"
        """
            .formatted(classPath(), java, classPath()));
    assertTrue(folder.resolve("soft4j").toFile().setExecutable(true));
  }

  // Surefire hides the class path in a jar's manifest, and tells it here.
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** What a command prints; it must succeed. */
  private String typed(String line) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    Path out = folder.resolve("out");
    Process shell =
        new ProcessBuilder("bash", "-c", line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(new File(err.toString()))
            .start();
    assertEquals(0, shell.waitFor(), line + "\n" + Files.readString(err));
    return Files.readString(out);
  }
}
