package org.soft4j.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.plugin.Clusters;
import org.soft4j.plugin.ComputeCluster;
import org.soft4j.settings.ClusterSettings.Training;
import org.soft4j.settings.Settings;
import org.soft4j.study.Condition;
import org.soft4j.study.Study;

/** Spark with two executor processes gives the bytes of one machine, whatever befalls it. */
@Tag("slow")
class LocalClusterTest {
  private static final String MASTER = "local-cluster[2,1,1024]";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void oneMachine() throws IOException {
    SparkProcesses.home();
    ClusterRuns.onOneMachine(shared.resolve("run"));
  }

  @Test
  void twoExecutorsGiveTheBytesOfOneMachine() throws IOException {
    List<String> said = new ArrayList<>();
    ClusterRuns.run(
        folder, ClusterRuns.opener(MASTER, Training.DRIVER, said), Cancellation.NEVER, false);
    ClusterRuns.assertSameBytes(shared.resolve("run"), folder);
    assertTrue(said.get(0).startsWith("cluster " + MASTER + ": executors 2 on "), said.get(0));
  }

  @Test
  @Tag("longest")
  void anExecutorThatIsKilledWhileLabellingIsReplaced() throws IOException, InterruptedException {
    Killer killer = new Killer(() -> begun(folder.resolve("round-1")));
    killer.start();
    ClusterRuns.run(
        folder,
        ClusterRuns.opener(MASTER, Training.DRIVER, new ArrayList<>()),
        Cancellation.NEVER,
        false);
    killer.join();
    assertTrue(killer.killed.get(), "an executor was there to be killed");
    ClusterRuns.assertSameBytes(shared.resolve("run"), folder);
  }

  @Test
  void anExecutorThatIsKilledWhileTrainingIsReplaced() throws IOException, InterruptedException {
    Killer killer =
        new Killer(() -> Files.exists(folder.resolve("round-1").resolve("labels.jsonl")));
    killer.start();
    ClusterRuns.run(
        folder,
        ClusterRuns.opener(MASTER, Training.EXECUTORS, new ArrayList<>()),
        Cancellation.NEVER,
        false);
    killer.join();
    assertTrue(killer.killed.get(), "an executor was there to be killed");
    ClusterRuns.assertSameBytes(shared.resolve("run"), folder);
  }

  @Test
  @Tag("longest")
  void whatWasCancelledGoesOn() throws IOException {
    Path round = folder.resolve("round-1");
    Cancellation begun = () -> begun(round);
    assertThrows(
        CancellationException.class,
        () ->
            ClusterRuns.run(
                folder,
                ClusterRuns.opener(MASTER, Training.DRIVER, new ArrayList<>()),
                begun,
                false));
    ClusterRuns.run(
        folder,
        ClusterRuns.opener(MASTER, Training.DRIVER, new ArrayList<>()),
        Cancellation.NEVER,
        true);
    ClusterRuns.assertSameBytes(shared.resolve("run"), folder);
  }

  /** Whether a round has written something. */
  private static boolean begun(Path round) {
    try (Stream<Path> files = Files.isDirectory(round) ? Files.list(round) : Stream.empty()) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills one executor, by the number of its process, once the time has come. */
  private static final class Killer extends Thread {
    private final BooleanSupplier when;
    private final AtomicBoolean killed = new AtomicBoolean();

    Killer(BooleanSupplier when) {
      this.when = when;
    }

    @Override
    public void run() {
      try {
        for (int i = 0; i < 30_000 && !when.getAsBoolean(); i++) {
          sleep(10);
        }
        List<ProcessHandle> executors = SparkProcesses.executors();
        killed.set(!executors.isEmpty() && executors.get(0).destroyForcibly());
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }

  /** Refuses each input, and leaves a file for each time that it was asked. */
  public static final class RefusingTask implements ComputeCluster.Task {
    @Override
    public String run(String input, Cancellation cancel) {
      try {
        Files.createTempFile(Path.of(input), "asked", "");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      throw new UserError("No.", "Ask otherwise.");
    }
  }

  @Test
  void aUsersErrorArrivesOnceAsItself() throws IOException {
    try (ComputeCluster cluster = open("local[1]")) {
      UserError refused =
          assertThrows(
              UserError.class,
              () ->
                  cluster.run(
                      RefusingTask.class,
                      List.of(folder.toString()),
                      (i, line) -> {},
                      Cancellation.NEVER));
      assertTrue(refused.problem().startsWith("No. (executor on "), refused.problem());
      assertEquals("Ask otherwise.", refused.remedy());
      try (Stream<Path> asked = Files.list(folder)) {
        assertEquals(1, asked.count());
      }
    }
  }

  private static ComputeCluster open(String master) {
    return Clusters.of(ClusterRuns.cluster(master, Training.AUTO), line -> {}).orElseThrow();
  }

  @Test
  @Tag("longest")
  void aStudysCellsAreThoseOfOneMachine() throws IOException {
    Study study =
        new Study(
            List.of(1),
            List.of(0L),
            List.of(100L),
            List.of(1e-3),
            List.of(Condition.plain("single")),
            List.of(0),
            Settings.DEFAULT.eval());
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    study.run(here, LocalOpening.OPENER, 1, Progress.SILENT, Cancellation.NEVER);
    study.run(there, open(MASTER), Progress.SILENT, Cancellation.NEVER);
    assertEquals(
        Files.readString(here.resolve("study.csv")), Files.readString(there.resolve("study.csv")));
    assertEquals(sorted(here), sorted(there));
  }

  private static List<String> sorted(Path study) throws IOException {
    return Files.readAllLines(study.resolve("cells.jsonl")).stream().sorted().toList();
  }

  @Test
  void fewerProcessorsThanThreadsAreRefusedBeforeAnythingStarts() {
    UserError refused =
        assertThrows(
            UserError.class,
            () -> SparkConfiguration.of(ClusterRuns.cluster("local[1]", Training.AUTO), 2, 0));
    assertEquals("--cluster local[1] has 1 processors for a task that takes 2.", refused.problem());
  }

  @Test
  void whatAUserSetsWins() {
    String key = "spark.executor.memory";
    System.setProperty(key, "3g");
    try {
      Map<String, String> conf =
          Map.of(
              key,
              SparkConfiguration.of(ClusterRuns.cluster("local[1]", Training.AUTO), 1, 0).get(key));
      assertEquals(Map.of(key, "3g"), conf);
    } finally {
      System.clearProperty(key);
    }
  }
}
