package org.soft4j.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command with {@code --cluster}, as typed: its process is killed, and the run goes on. */
@Tag("slow")
class KilledDriverTest {
  @TempDir private Path folder;

  @BeforeAll
  static void home() throws IOException {
    SparkProcesses.home();
  }

  @Test
  @Timeout(300)
  void aRunWhoseDriverWasKilledGoesOnAndGivesTheBytesOfOneMachine() throws Exception {
    ClusterRuns.onOneMachine(folder.resolve("here"));
    Path there = folder.resolve("there");

    Process killed = run(there, "killed.log");
    while (killed.isAlive() && !Files.exists(there.resolve("round-1/labels.jsonl"))) {
      killed.waitFor(20, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> executors = killed.descendants().toList();
    killed.destroyForcibly();
    assertEquals(128 + 9, killed.waitFor(), said("killed.log"));
    assertTrue(executors.size() >= 2, () -> executors + " were there");
    for (ProcessHandle executor : executors) {
      executor.onExit().get(60, TimeUnit.SECONDS);
    }

    Process resumed = run(there, "resumed.log", "--resume");
    assertEquals(0, resumed.waitFor(), said("resumed.log"));
    ClusterRuns.assertSameBytes(folder.resolve("here"), there);
  }

  private Process run(Path out, String log, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Dai.djl.offline=true", "-Djava.awt.headless=true"));
    command.addAll(List.of("-Djava.net.preferIPv4Stack=true", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("org.soft4j.cli.Main");
    command.addAll(ClusterRuns.words());
    command.addAll(List.of("--cluster", "local-cluster[2,1,1024]", "--out", out.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }

  private String said(String log) throws IOException {
    return Files.readString(folder.resolve(log));
  }
}
