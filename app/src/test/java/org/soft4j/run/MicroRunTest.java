package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.compare.Comparison;
import org.soft4j.compare.RunComparison;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.eval.Measurement;
import org.soft4j.evaluation.AnsweredFolder;
import org.soft4j.evaluation.ComparedFolders;
import org.soft4j.evaluation.Exports;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.soft.LabelErrors;

/** The micro preset on the embedded model, shortened. */
class MicroRunTest {
  @TempDir Path folder;

  private static SoftSession shortened() {
    return SoftSession.micro().rounds(2).limit(30).seed(7);
  }

  @Test
  void twoRoundsRaiseTheZeroShotScoresAndLeaveAReport() {
    SessionResult result = shortened().run(folder.resolve("run"));
    // Far below what three rounds reach over 80 facts (about 0.9); the base has about 0.2.
    assertTrue(score(result, 0) < 0.5);
    assertTrue(score(result, 2) > 0.7);
    assertTrue(Files.isRegularFile(result.report()));
    assertTrue(result.scores().contains("micro_labels"));
    wrongLabelsAreThoseThatAreNotRight(result);
    assertEquals(5, result.scoreCharts().size());
  }

  /** metrics.csv has the share of right labels among those that were learned. */
  private static void wrongLabelsAreThoseThatAreNotRight(SessionResult result) {
    for (int round = 1; round <= 2; round++) {
      LabelErrors.Row wrong =
          LabelErrors.read(result.folder(), round).orElseThrow().row("all", "wrong").orElseThrow();
      int now = round;
      Measurement right =
          result.result().measurements().stream()
              .filter(m -> m.round() == now && m.benchmark().equals("micro_labels"))
              .filter(m -> m.metric().equals("all"))
              .findFirst()
              .orElseThrow();
      assertEquals(right.value(), 1 - wrong.kept() / (double) right.items(), 1e-12);
      assertTrue(wrong.judged() == wrong.labels() && wrong.errors() > 0, wrong::toString);
    }
  }

  @Test
  @Tag("slow")
  void aRunKilledTwiceAtRandomEndsWithTheBytesOfAnUndisturbedOne() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    run("whole", () -> asked.incrementAndGet() < 0, false);
    Random random = new Random(3);
    boolean resume = false;
    for (int kill = 0; kill < 2; kill++) {
      AtomicInteger left = new AtomicInteger(1 + random.nextInt(asked.get()));
      boolean again = resume;
      try {
        run("killed", () -> left.decrementAndGet() < 0, again);
      } catch (CancellationException stopped) {
        resume = Files.exists(folder.resolve("killed/run.json"));
      }
    }
    run("killed", Cancellation.NEVER, resume);
    assertEquals(bytes("whole"), bytes("killed"));
  }

  @Test
  @Tag("slow")
  void everyRoundIsExportedAndComparedWithWhatWasExported() {
    Path run = folder.resolve("run");
    shortened().rounds(1).limit(4).run(run);
    AnsweredFolder base = AnsweredFolder.open(run, OptionalInt.of(0));
    AnsweredFolder last = AnsweredFolder.open(run.resolve("round-1/eval"), OptionalInt.empty());
    assertEquals("run/round-0", base.name());
    assertEquals(base.tasks().size(), last.tasks().size());
    assertNotEquals(base.model().digest(), last.model().digest());
    List<Path> written =
        Exports.of(last, Optional.empty())
            .lmEval(folder.resolve("out"), LocalDateTime.now(ZoneOffset.UTC));
    // One folder for every number of shots, since the harness has one number a folder.
    Path zeroShot = folder.resolve("out/shots-0/run__round-1");
    assertEquals(zeroShot, written.get(0));
    List<Comparison> rows =
        RunComparison.ofScores(ComparedFolders.read(List.of(run, zeroShot.getParent())));
    assertTrue(rows.size() > 3, rows::toString);
    rows.forEach(row -> assertEquals(row.firstMean(), row.secondMean(), 1e-12, row.metric()));
  }

  /**
   * A run with an adapter begins where the adapter's own run ended: its base scores what that run's
   * last round did, and what it learns is written with the adapter below it.
   */
  @Test
  @Tag("slow")
  void aRunWithAnAdapterGoesOnFromIt() {
    SoftSession one =
        SoftSession.micro().rounds(1).seed(7).tasks(List.of("micro_truth")).shots(List.of(0));
    SessionResult first = one.run(folder.resolve("first"));
    Path adapter = folder.resolve("first/round-1/adapter");
    SessionResult second =
        one.set("model.adapter", adapter.toString())
            .set("validation.early_stop", "false")
            .run(folder.resolve("second"));
    assertEquals(score(first, 1), score(second, 0), 1e-12);
    assertNotEquals(score(first, 0), score(second, 0));
    // Relative to the base: opened on it, the second adapter holds the first one too.
    Path both = folder.resolve("second/round-1/adapter");
    SessionResult third = one.set("model.adapter", both.toString()).run(folder.resolve("third"));
    assertEquals(score(second, 1), score(third, 0), 1e-12);
  }

  @Test
  @Tag("slow")
  void aSecondRunInTheSameFolderIsRefused() {
    Path run = folder.resolve("run");
    SoftSession none = shortened().rounds(1).tasks(java.util.List.of());
    none.run(run);
    UserError error = assertThrows(UserError.class, () -> none.run(run));
    assertTrue(error.remedy().contains("--resume"), error.remedy());
  }

  private void run(String name, Cancellation cancel, boolean resume) {
    shortened()
        .limit(5)
        .run(
            folder.resolve(name),
            new SoftSession.RunOptions(
                LocalOpening::open,
                Progress.SILENT,
                line -> {},
                cancel,
                CostGate.SHUT,
                resume,
                false));
  }

  private static double score(SessionResult result, int round) {
    return result.result().measurements().stream()
        .filter(m -> m.round() == round && m.shots() == 0)
        .filter(m -> m.benchmark().equals("micro_truth") && m.metric().equals("mc1"))
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Integer> bytes(String name) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    Path root = folder.resolve(name);
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String file = root.relativize(path).toString();
        if (file.matches(".*(labels|dropped)\\.jsonl|.*\\.csv|.*adapter/.*")) {
          files.put(file, java.util.Arrays.hashCode(Files.readAllBytes(path)));
        }
      }
    }
    return files;
  }
}
