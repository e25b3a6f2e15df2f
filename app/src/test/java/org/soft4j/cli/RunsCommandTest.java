package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.ProcessLock;

/** What runs leave is found again, told and removed; nobody else's files are. */
@Tag("slow")
class RunsCommandTest {
  @TempDir Path folder;
  private Path runs;

  @BeforeEach
  void make() throws IOException {
    runs = Files.createDirectories(folder.resolve("runs"));
    Shell run =
        Shell.run(
            new WatchedModels(folder),
            ("run micro --rounds 1 --limit 3 --tasks micro_truth --shots 0 --out " + runs + "/a")
                .split(" "));
    assertEquals(0, run.code(), run.err());
    Shell eval =
        Shell.run(
            new WatchedModels(folder),
            ("eval --model m --limit 3 --tasks micro_truth --out " + runs + "/b").split(" "));
    assertEquals(0, eval.code(), eval.err());
    // Another tool's file of the same name.
    Files.createDirectories(runs.resolve("theirs"));
    Files.writeString(runs.resolve("theirs/eval.json"), "{\"accuracy\": 1}");
  }

  @Test
  void theyAreListedWithWhatTheyCameTo() {
    Shell list = Shell.run("runs", "list", folder.toString());
    assertEquals(0, list.code(), list.err());
    String told = list.out().replaceAll("\\s+", " ");
    assertTrue(
        told.matches(
            ".*runs/a \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d, run, finished, [\\d.]+ [KM]iB; micro-1, soft\\+,"
                + " 1 rounds; round \\d kept; micro_truth mc1 [\\d.]+.*"),
        told);
    assertTrue(told.contains("evaluation, finished"), told);
    assertTrue(told.contains("2 in all"), told);
    assertFalse(told.contains("theirs"), told);
    assertTrue(list.out().lines().allMatch(line -> line.length() < 81 || !line.startsWith(" ")));
  }

  @Test
  void oneIsShownWithWhatMadeIt() {
    String shown = Shell.run("runs", "show", runs.resolve("a").toString()).out();
    for (String part :
        new String[] {"kind        run", "set         rounds=1", "./soft4j run micro"}) {
      assertTrue(shown.contains(part), shown);
    }
  }

  @Test
  void aStoppedRunSaysWhereItStopped() throws IOException {
    Files.delete(runs.resolve("a/result.json"));
    String shown = Shell.run("runs", "show", runs.resolve("a").toString()).out();
    assertTrue(shown.contains("state       stopped after round 1"), shown);
    assertTrue(shown.contains("next        ./soft4j run --resume --out"), shown);
  }

  @Test
  void oneIsRemovedWholeAndALinkInItIsNotFollowed() throws IOException {
    Path own = Files.writeString(folder.resolve("own.txt"), "mine");
    Files.createSymbolicLink(runs.resolve("a/tasks/link"), folder);
    Shell removed = Shell.run("runs", "rm", "--yes", runs.resolve("a").toString());
    assertEquals(0, removed.code(), removed.err());
    assertFalse(Files.exists(runs.resolve("a")));
    assertTrue(Files.exists(own));
    assertTrue(Files.exists(runs.resolve("b/eval.json")));
  }

  @Test
  void withoutAnAnswerNothingIsRemoved() {
    refused("--yes", runs.resolve("a"), false);
  }

  @Test
  void whatIsInUseOrALinkOrNobodysIsNotRemoved() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), runs.resolve("a"));
    refused("is no run", link, true);
    refused("is no run", runs.resolve("theirs"), true);
    refused("is no run", runs, true);
    Files.writeString(runs.resolve("a/thesis.tex"), "mine");
    refused("also holds what soft4j did not write: thesis.tex", runs.resolve("a"), true);
    Files.delete(runs.resolve("a/thesis.tex"));
    Thread holder = atWork();
    refused("is in use by", runs.resolve("a"), true);
    holder.interrupt();
    holder.join();
  }

  /** A report of what is there by now goes elsewhere, by the command that the refusal names. */
  @Test
  void theReportOfARunUnderWayIsMadeElsewhere() throws Exception {
    Path run = runs.resolve("a");
    Thread holder = atWork();
    Shell here = Shell.run("report", run.toString());
    assertEquals(2, here.code(), here.out());
    String elsewhere = run + "-so-far";
    String typed = "./soft4j report %s --out %s.".formatted(run, elsewhere);
    assertTrue(here.err().contains("What is there by now: " + typed), here.err());
    assertTrue(here.err().contains("--live"), here.err());
    Shell there = Shell.run("report", run.toString(), "--out", elsewhere);
    assertEquals(0, there.code(), there.err());
    assertTrue(Files.exists(Path.of(elsewhere, "report.html")));
    holder.interrupt();
    holder.join();
  }

  private Thread atWork() {
    Thread holder = new Thread(this::hold);
    holder.start();
    while (ProcessLock.writer(runs.resolve("a")).isEmpty()) {
      Thread.onSpinWait();
    }
    return holder;
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private void hold() {
    ProcessLock held = ProcessLock.folder(runs.resolve("a"), "--out");
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      held.close();
    }
  }

  private void refused(String why, Path path, boolean yes) {
    Shell shell =
        yes
            ? Shell.run("runs", "rm", "--yes", path.toString())
            : Shell.run("runs", "rm", path.toString());
    assertEquals(2, shell.code(), shell.out());
    assertTrue(shell.err().contains(why), shell.err());
    assertTrue(Files.exists(runs.resolve("a/result.json")));
  }

  /** The last lines of a run and of an evaluation can be typed as they are. */
  @Test
  void aRunEndsWithWhereItsModelIsAndWhatToType() {
    String[] words =
        ("run micro --rounds 1 --limit 3 --tasks micro_truth --shots 0 --out " + runs + "/c")
            .split(" ");
    Shell run = Shell.run(new WatchedModels(folder), words);
    String adapter = runs + "/c/round-1/adapter";
    assertTrue(
        run.out()
            .endsWith(
                """
                kept: the adapter %s of micro-1
                next:
                  ./soft4j chat --model micro-1 --adapter %s
                  ./soft4j generate --model micro-1 --adapter %s --template chat --input PROMPTS.jsonl --output TEXTS.jsonl
                  ./soft4j eval --model micro-1 --adapter %s --template chat --tasks micro_truth --out DIR
                  ./soft4j models merge --model micro-1 --adapter %s --out DIR
                  ./soft4j export lm-eval %s/c --round 1 --out DIR
                """
                    .formatted(adapter, adapter, adapter, adapter, adapter, runs)),
        run.out());
  }
}
