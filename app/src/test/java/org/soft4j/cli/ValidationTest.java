package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.eval.Statistics;
import org.soft4j.lm.open.LocalOpening;

/** What decides which round is kept is the user's, is named, and comes with its numbers. */
@Tag("slow")
class ValidationTest {
  private static final String RUN =
      "run micro --rounds 1 --limit 2 --shots 0 --tasks micro_truth --set training.epochs=1 ";

  @TempDir Path folder;

  private Shell typed(String command) {
    return Shell.run(LocalOpening::open, command.replace("@", folder.toString()).split(" "));
  }

  private Shell run(String command) {
    Shell shell = typed(command);
    assertEquals(0, shell.code(), shell.err());
    return shell;
  }

  /** What a run says first stands in lines of a terminal's width. */
  private static String words(Shell shell) {
    return shell.err().replaceAll("\\s+", " ");
  }

  private JsonNode json(String file) throws IOException {
    return Json.mapper().readTree(Files.readString(folder.resolve(file)));
  }

  private List<String> column(String file, String name) {
    return Csv.read(folder.resolve(file)).with(List.of(name)).rows().stream()
        .map(row -> row.text(name))
        .toList();
  }

  private double[] numbers(String file) {
    return column(file, "log_probability_per_token").stream()
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  @Test
  void aFileOfOnesOwnDecidesAndTheNumbersAreTold() throws IOException {
    Files.writeString(
        folder.resolve("mine.csv"),
        "prompt,response\nis it so ?,yes .\nwho are you ?,i am a model .\nwhat is it ?,no .\n");
    Shell shell = run(RUN + "--validation @/mine.csv --out @/run");
    String from = "from " + folder.resolve("mine.csv");
    assertTrue(
        words(shell)
            .contains(
                "validation 3 pairs, %s; their log_probability decides which round is kept"
                    .formatted(from)),
        shell.err());
    assertEquals(3, json("run/run.json").path("inputs").path("validation").path("rows").asInt());
    assertEquals(from, json("run/run.json").path("sources").path("validation_from").asText());
    JsonNode result = json("run/result.json");
    JsonNode evidence = result.path("validation");
    assertEquals(3, evidence.path("items").asInt());
    int kept = result.path("kept_round").asInt();
    int other = 1 - kept;
    // The interval again, from the files that each round left.
    Statistics.Interval expected =
        Statistics.pairedBootstrap(
                numbers("run/round-%s/validation.csv".formatted(other)),
                numbers("run/round-%s/validation.csv".formatted(kept)),
                0.95,
                10_000,
                0)
            .difference();
    JsonNode difference = evidence.path("differences").path(0);
    assertEquals(1, evidence.path("differences").size());
    assertEquals(expected.value(), difference.path("value").asDouble(), 1e-12);
    assertEquals(expected.low(), difference.path("low").asDouble(), 1e-12);
    assertEquals(expected.high(), difference.path("high").asDouble(), 1e-12);
    String line = result.path("evidence").path(0).asText();
    assertTrue(line.startsWith("log_probability over 3 items (" + from), line);
    assertTrue(shell.out().contains(line), shell.out());
    assertTrue(Files.readString(folder.resolve("run/report.md")).contains("over 3 items"), "told");
  }

  @Test
  void aShareOfThePoolIsHeldOutAndShownToNoPrompt() throws IOException {
    run(RUN + "--out @/usual");
    Shell shell = run(RUN + "--validation-share 0.25 --out @/run");
    int whole = column("usual/pool.csv", "id").size();
    assertTrue(
        words(shell)
            .contains("held out of the pool's %s (--validation-share 0.25)".formatted(whole)),
        shell.err());
    Set<String> pool = new TreeSet<>(column("run/pool.csv", "id"));
    Set<String> held = new TreeSet<>(column("run/round-0/validation.csv", "id"));
    assertEquals(Math.round(0.25 * whole), held.size());
    Set<String> both = new HashSet<>(pool);
    both.addAll(held);
    assertEquals(new HashSet<>(column("usual/pool.csv", "id")), both);
    assertEquals(whole, pool.size() + held.size());
    String labels = Files.readString(folder.resolve("run/round-1/labels.jsonl"));
    for (String id : held) {
      assertFalse(labels.contains("\"" + id + "\""), id);
    }
    // Goes on as it was begun, and is the same pool.
    run("run --resume --out @/run");
  }

  @Test
  void mistakesAreTold() {
    Shell both = typed(RUN + "--validation micro --validation-share 0.2 --out @/no");
    assertTrue(both.err().contains("exclude each other"), both.err());
    Shell all = typed(RUN + "--validation-share 1 --out @/no");
    assertTrue(all.err().contains("--validation-share is 1"), all.err());
    Shell none = typed(RUN + "--validation @/none.jsonl --out @/no");
    assertTrue(none.err().contains("--validation %s/none.jsonl".formatted(folder)), none.err());
    assertFalse(Files.exists(folder.resolve("no")));
  }
}
