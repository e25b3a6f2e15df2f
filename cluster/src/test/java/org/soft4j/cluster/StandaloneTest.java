package org.soft4j.cluster;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.cluster.executor.ExecutorFacts;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.settings.ClusterSettings.Training;

/** A master and two workers, each a process of its own, on the loopback address. */
@Tag("slow")
class StandaloneTest {
  @TempDir private Path folder;

  @BeforeAll
  static void home() throws IOException {
    SparkProcesses.home();
  }

  @Test
  void aMasterWithTwoWorkersGivesTheBytesOfOneMachine() throws IOException {
    ClusterRuns.onOneMachine(folder.resolve("here"));
    try (SparkProcesses spark = new SparkProcesses(folder)) {
      spark.worker(Map.of());
      spark.worker(Map.of());
      ClusterRuns.run(
          folder.resolve("there"),
          ClusterRuns.opener(spark.master(), Training.EXECUTORS, new ArrayList<>()),
          Cancellation.NEVER,
          false);
    }
    ClusterRuns.assertSameBytes(folder.resolve("here"), folder.resolve("there"));
  }

  @Test
  void anExecutorWithOtherInstructionsIsRefusedByName() throws IOException {
    assumeTrue(
        ExecutorFacts.ofThisProcess().kernels().aten().equals("AVX512"),
        "this processor has no AVX-512, so that AVX2 is no other instruction set");
    try (SparkProcesses spark = new SparkProcesses(folder)) {
      spark.worker(Map.of());
      spark.worker(Map.of("ATEN_CPU_CAPABILITY", "avx2"));
      UserError refused =
          assertThrows(
              UserError.class,
              () ->
                  ClusterRuns.run(
                      folder.resolve("run"),
                      ClusterRuns.opener(spark.master(), Training.DRIVER, new ArrayList<>()),
                      Cancellation.NEVER,
                      false));
      assertTrue(refused.problem().contains("aten: AVX2 and AVX512"), refused.problem());
      assertTrue(refused.problem().contains("executor "), refused.problem());
    }
  }
}
