package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.eval.Statistics;

/** Several runs and evaluations on one page. */
class RunsPanelTest {
  @TempDir Path folder;

  /**
   * Two benchmarks of 8 and 4 items. By scipy 1.17.1: means over both 0.75 and 0.4375, the first's
   * interval 0.457 to 1.043; the paired gap 0.3125 with an error of 0.15490, so 0.0089 to 0.6161
   * and p 0.04366 (norm).
   */
  @Test
  void modelsAreRankedByTheMeanWithPairedGaps() throws IOException {
    Path low = evaluation("low", "", 1, "10100100", "0101");
    Path high = evaluation("high", "", 1, "11110110", "1101");
    Leaderboard board = body(low, high).boards().get(0);
    assertEquals(List.of("one acc, zero-shot", "two acc, zero-shot"), board.columns());
    Leaderboard.Row first = board.rows().get(0);
    assertEquals(
        List.of("1", "high", "75.0", "45.7 to 100.0", ""),
        List.of(
            first.rank(),
            first.run(),
            first.mean().value(),
            first.mean().interval(),
            first.behind()));
    Leaderboard.Row second = board.rows().get(1);
    assertEquals(
        List.of("2", "low", "43.8", "31.3 (0.9 to 61.6)", "▼", "0.0437"),
        List.of(
            second.rank(),
            second.run(),
            second.mean().value(),
            second.behind(),
            second.mark(),
            second.p()));
  }

  @Test
  void whatDiffersIsNamed() throws IOException {
    Path one = evaluation("one", "", 1, "10100100", "0101");
    Path two = evaluation("two", "runs/x/round-2/adapter", 2, "11110110", "1101");
    RunContrast contrast = body(one, two).contrast();
    assertEquals(
        List.of(
            new RunContrast.Row("settings", "seed", List.of("1", "2")),
            new RunContrast.Row("what", "adapter", List.of("none", "runs/x/round-2/adapter"))),
        contrast.rows().stream().sorted((a, b) -> a.part().compareTo(b.part())).toList());
    // kind, model name, model size, tasks, shots.
    assertEquals(5, contrast.alike());
  }

  /** Round 1 has all items right, and is kept; round 2 none. */
  @Test
  void aRunStandsWithTheRoundThatItKept() throws IOException {
    Path kept = run("kept", "1");
    Path other = evaluation("other", "", 1, "11110000", "1100");
    RunsPanel.Body body = body(other, kept);
    assertEquals("100.0", body.boards().get(0).rows().get(0).mean().value());
    assertTrue(body.notes().contains("kept stands with round 1, which it kept"), body::toString);
    assertEquals("+50.0", body.differences().get(0).gap().split(" ")[0]);
    Files.delete(kept.resolve("result.json"));
    assertEquals("-50.0", body(other, kept).differences().get(0).gap().split(" ")[0]);
  }

  @Test
  void foldersOfOneNameAreToldApart() throws IOException {
    Path one = evaluation("a/run", "", 1, "10100100", "0101");
    Path two = evaluation("b/run", "", 1, "11110110", "1101");
    List<String> names = body(one, two).runs().stream().map(RunsPanel.Run::name).toList();
    assertEquals(List.of(one.toString(), two.toString()), names);
  }

  /** The page says the same of a difference as the table of the console. */
  @Test
  void aDifferenceHasOneVerdictEverywhere() throws IOException {
    Path low = evaluation("low", "", 1, "0000000000", "0101");
    Path high = evaluation("high", "", 1, "1111110000", "1101");
    RunsPanel.Difference six = body(low, high).differences().get(0);
    // Six of six: 2 * 0.5^6 = 0.03125; two families, so 0.0625, noise, and the page says why.
    assertEquals(List.of("○", "0.0625"), List.of(six.mark(), six.p()));
    assertEquals("p 0.0313 alone, 0.0625 with the other scores", six.why());
    assertEquals(0.0625, Statistics.holm(new double[] {0.03125, 1}, List.of("one", "two"))[0]);
  }

  private RunsPanel.Body body(Path... runs) {
    return (RunsPanel.Body) RunsPanel.page(List.of(runs), folder).body("runs");
  }

  private Path evaluation(String name, String adapter, int seed, String one, String two)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        place.resolve("eval.json"),
        """
        {"model": {"name": "m", "parameters": 7}, "settings": {"adapter": "%s", "seed": "%s",
         "tasks": "one,two", "shots": "0"}}
        """
            .formatted(adapter, seed));
    Files.writeString(place.resolve("metrics.csv"), HEAD + row(0, "one", one) + row(0, "two", two));
    samples(place, one, two);
    return place;
  }

  private Path run(String name, String kept) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Files.writeString(place.resolve("run.json"), "{\"settings\": {\"rounds\": 2}}");
    Files.writeString(
        place.resolve("result.json"),
        "{\"kept_round\": %s, \"rounds\": 2, \"stopped_early\": false, \"reason\": \"r\"}"
            .formatted(kept));
    StringBuilder metrics = new StringBuilder(HEAD);
    List<String> right = List.of("11110000", "11111111", "00000000");
    for (int round = 0; round < 3; round++) {
      String all = right.get(round);
      String four = all.substring(0, 2) + all.substring(6);
      metrics.append(row(round, "one", all)).append(row(round, "two", four));
      Path eval = Files.createDirectories(place.resolve("round-" + round + "/eval"));
      samples(eval, all, four);
    }
    Files.writeString(place.resolve("metrics.csv"), metrics);
    return place;
  }

  private static final String HEAD =
      "round,benchmark,shots,metric,value,standard_error,items,chance\n";

  private static String row(int round, String benchmark, String right) {
    double[] values = right.chars().mapToDouble(c -> c - '0').toArray();
    return "%s,%s,0,acc,%s,%s,%s,NaN\n"
        .formatted(
            round,
            benchmark,
            Statistics.mean(values),
            Statistics.standardError(values),
            values.length);
  }

  private static void samples(Path place, String... right) throws IOException {
    for (int task = 0; task < right.length; task++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < right[task].length(); i++) {
        lines
            .append(
                "{\"item\":\"i%s\",\"key\":\"k\",\"demonstrations\":[],\"metrics\":{\"acc\":%s},"
                    .formatted(i, right[task].charAt(i)))
            .append("\"chosen\":\"\",\"log_probabilities\":[],\"texts\":[]}\n");
      }
      String name = List.of("one", "two").get(task);
      Files.writeString(place.resolve(name + "-0shot.jsonl"), lines);
    }
  }
}
