package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands write and print is the same on every machine: Turkish has an i without a dot,
 * Persian and Egyptian Arabic have digits of their own, German a comma in numbers.
 */
@Tag("slow")
class LocaleBytesTest {
  private static final List<String> TAGS = List.of("tr-TR", "fa-IR", "ar-EG-u-nu-arab", "de-DE");
  private static final List<List<String>> COMMANDS =
      List.of(
          words(
              "run micro --rounds 1 --limit 3 --shots 0,1 --judge judge-model --out @/run"
                  + " --tasks micro_truth,micro_hhh,micro_answers,alpaca_eval"
                  + " --option alpaca_eval.file=@/alpaca.json"
                  + " --prompts @/prompts.jsonl --pool @/pool.jsonl"),
          words(
              "run micro --method single --limit 3 --shots 0,1 --out @/single"
                  + " --prompts @/prompts.jsonl --pool @/pool.jsonl"),
          words("eval --model fake --limit 3 --tasks micro_truth,micro_hhh --out @/eval"),
          words("export lm-eval @/eval --as fake --out @/exported"),
          words("compare @/run @/single"),
          words("report @/run"),
          words("tasks list"),
          words("eval --model fake --limit 3 --tasks micro_trith --out @/none"));

  /** Times of day, how long something took and how much memory, alone. */
  private static final String TIMES =
      "20\\d\\d-\\d\\d-\\d\\d[T ]\\d\\d[-:]\\d\\d[-:]\\d\\d(\\.\\d+)?Z?|\\d+\\.\\d+ s\\b|[\\d,]+"
          + " MiB|\"(start|end|date|total_evaluation_time_seconds)[a-z_]*\" ?: ?\"?[\\d.]+\"?";

  @TempDir Path home;

  @Test
  void everyFileAndEveryLineIsTheSame() throws IOException {
    Locale was = Locale.getDefault();
    try {
      Map<String, String> plain = written(Locale.ROOT);
      assertTrue(plain.size() > 40, plain.keySet().toString());
      assertFalse(plain.get("run/run.json").isEmpty());
      for (String tag : TAGS) {
        Map<String, String> here = written(Locale.forLanguageTag(tag));
        assertEquals(plain.keySet(), here.keySet(), tag);
        plain.forEach((name, text) -> assertEquals(text, here.get(name), tag + ": " + name));
      }
    } finally {
      Locale.setDefault(was);
    }
  }

  private Map<String, String> written(Locale locale) throws IOException {
    Locale.setDefault(locale);
    Path folder = Files.createDirectory(home.resolve("out"));
    Files.writeString(
        folder.resolve("alpaca.json"),
        "[{\"instruction\": \"Name a colour.\", \"output\": \"red\", \"generator\": \"g\"}]");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      lines.append("{\"id\": \"%s\", \"type\": \"t\", \"prompt\": \"tell %s\"}\n".formatted(i, i));
    }
    Files.writeString(folder.resolve("prompts.jsonl"), lines);
    Files.writeString(
        folder.resolve("pool.jsonl"),
        lines.toString().replace("}", ", \"response\": \"it is so\"}").replace("tell", "say"));
    Map<String, String> written = new TreeMap<>();
    for (List<String> command : COMMANDS) {
      List<String> given = new ArrayList<>();
      command.forEach(word -> given.add(word.replace("@", folder.toString())));
      Shell shell = Shell.run(new WatchedModels(folder), given.toArray(String[]::new));
      assertEquals(given.toString().contains("none") ? 2 : 0, shell.code(), shell.err());
      written.put("printed: " + command, masked(shell.out() + shell.err()));
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!path.endsWith("timings.jsonl")) {
          String name = folder.relativize(path).toString();
          written.put(
              masked(name),
              masked(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)));
        }
      }
    }
    // Every time the same paths, which stand in files.
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
    return written;
  }

  private static String masked(String text) {
    return text.replaceAll(TIMES, "TIME");
  }

  private static List<String> words(String command) {
    return List.of(command.split(" "));
  }
}
