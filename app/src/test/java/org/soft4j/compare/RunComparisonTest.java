package org.soft4j.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.LmEvalScore;

class RunComparisonTest {
  @TempDir Path folder;

  @Test
  void runsAreJoinedByItemAfterTheirLastRounds() throws IOException {
    // The order of the items differs, an item of the second has no partner, round 1 is not looked
    // at.
    write("a/round-1", "x:0 y:0 z:0");
    write("a/round-2", "p:1 q:0 r:0 s:0 t:0 u:0");
    write("b/round-2", "u:1 t:1 s:1 r:1 q:1 p:1 alone:0");
    List<Comparison> rows = RunComparison.of(List.of(folder.resolve("a"), folder.resolve("b")));
    assertEquals(1, rows.size());
    Comparison row = rows.get(0);
    assertEquals(6, row.items());
    assertEquals(1.0 / 6, row.firstMean(), 1e-12);
    assertEquals(1, row.secondMean(), 1e-12);
    // Five items only the second has right: 2 * 0.5^5
    assertEquals(0.0625, row.p(), 1e-12);
    assertTrue(row.exact());
  }

  @Test
  void valuesThatAreNoVerdictsAreBootstrapped() throws IOException {
    write("a/round-1", "p:0.25 q:0.5");
    write("b/round-1", "p:0.5 q:0.75");
    Comparison row = RunComparison.of(List.of(folder.resolve("a"), folder.resolve("b"))).get(0);
    assertEquals(List.of(false, 0.25, 0.25), List.of(row.exact(), row.low(), row.high()));
  }

  @Test
  void runsWithoutCommonItemsAreRefused() throws IOException {
    write("a/round-1", "p:1");
    write("b/round-1", "q:1");
    UserError error =
        assertThrows(
            UserError.class,
            () -> RunComparison.of(List.of(folder.resolve("a"), folder.resolve("b"))));
    assertTrue(error.getMessage().contains("no benchmark item in common"), error.getMessage());
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    assertThrows(
        UserError.class,
        () -> RunComparison.of(List.of(folder.resolve("none"), folder.resolve("b"))));
  }

  /** Task files name items by their place, so that other rows have the same names. */
  @Test
  void otherItemsUnderOneNameAreRefused() throws IOException {
    write("a/round-1", "p:1 q:0");
    write("b/round-1", "p:1 q:1");
    describe("a", "Which barks?", "dog");
    describe("b", "Which meows?", "cat");
    UserError error =
        assertThrows(
            UserError.class,
            () -> RunComparison.of(List.of(folder.resolve("a"), folder.resolve("b"))));
    assertTrue(error.getMessage().contains("\"Which meows?\" → \"cat\""), error.getMessage());
    describe("b", "Which animal barks?", "dog");
    List<ScoredRun> runs =
        List.of(ScoredRun.read(folder.resolve("a")), ScoredRun.read(folder.resolve("b")));
    assertEquals(2, RunComparison.ofScores(runs).get(0).items());
    assertEquals(
        List.of("micro_truth asks 1 items in other words in b than in a"),
        RunComparison.notes(runs));
  }

  private void describe(String run, String question, String answer) throws IOException {
    Path tasks = Files.createDirectories(folder.resolve(run).resolve("tasks"));
    Files.writeString(
        tasks.resolve("micro_truth.json"),
        """
        {"name":"micro_truth","version":"1","title":"","paper":"","licence":"","split":"",\
        "metrics":[],"deviations":[]}
        """);
    Files.writeString(
        tasks.resolve("micro_truth.jsonl"),
        """
        {"id":"p","category":"","turns":["%s"],"answer":"%s"}
        """
            .formatted(question, answer));
  }

  @Test
  void itemsThatOneRunAloneHasAreTold() throws IOException {
    write("a/round-1", "p:1 q:0 r:1");
    write("b/round-1", "p:1 q:1");
    assertEquals(
        List.of("micro_truth mc1 at 0 shots: a has it of 3 items, b of 2, both of 2"),
        RunComparison.notes(
            List.of(ScoredRun.read(folder.resolve("a")), ScoredRun.read(folder.resolve("b")))));
  }

  /** 54 items that only the second has right: 2 * 0.5^54 = 1.11e-16, by hand. */
  @Test
  void aSmallProbabilityIsNotShownAsZero() throws IOException {
    StringBuilder none = new StringBuilder();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 54; i++) {
      none.append("i").append(i).append(":0 ");
      all.append("i").append(i).append(":1 ");
    }
    write("a/round-1", none.toString().strip());
    write("b/round-1", all.toString().strip());
    String table =
        RunComparison.table(RunComparison.of(List.of(folder.resolve("a"), folder.resolve("b"))));
    assertTrue(table.contains("1.11e-16"), table);
  }

  /** What the harness logs of truthfulqa_gen and lambada: BLEU of 0 to 100, a log-likelihood. */
  @Test
  void valuesOfTheHarnessKeepTheirScaleAndEqualDocumentsStayApart() {
    List<LmEvalScore> read =
        List.of(
            new LmEvalScore("gen", 0, 0, "q", "same", "bleu_max", 40),
            new LmEvalScore("gen", 0, 1, "q", "same", "bleu_max", 20),
            new LmEvalScore("gen", 0, 0, "q", "same", "perplexity", -7.5));
    ScoredRun run = ScoredRun.of(folder, read);
    List<Comparison> rows = RunComparison.ofScores(List.of(run, run));
    assertEquals(1, rows.size());
    assertEquals(
        List.of(30.0, 2, false),
        List.of(rows.get(0).firstMean(), rows.get(0).items(), rows.get(0).share()));
  }

  private void write(String round, String items) throws IOException {
    Path eval = Files.createDirectories(folder.resolve(round).resolve("eval"));
    StringBuilder lines = new StringBuilder();
    for (String item : items.split(" ")) {
      String[] parts = item.split(":");
      lines.append(
          """
          {"item":"%s","key":"k","demonstrations":[],"metrics":{"mc1":%s},"chosen":"",\
          "log_probabilities":[],"texts":[]}
          """
              .formatted(parts[0], parts[1]));
    }
    Files.writeString(eval.resolve("micro_truth-0shot.jsonl"), lines);
  }

  /** A broken model's samples of earlier versions; they once came to p = 0.0002. */
  @Test
  void aScoreThatIsNoNumberIsRefusedByFileAndLine() throws IOException {
    write("a/round-1", "p:1 q:\"NaN\"");
    write("b/round-1", "p:1 q:0");
    UserError error =
        assertThrows(
            UserError.class,
            () -> RunComparison.of(List.of(folder.resolve("a"), folder.resolve("b"))));
    assertTrue(error.getMessage().contains("micro_truth-0shot.jsonl, line 2"), error::toString);
    assertTrue(error.getMessage().contains("item q is NaN"), error::toString);
  }
}
