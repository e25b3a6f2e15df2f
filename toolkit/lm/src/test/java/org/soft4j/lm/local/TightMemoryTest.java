package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Memory that really runs out shrinks the batch, and the results stay what they were. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "address space is limited with prlimit")
@Tag("slow")
class TightMemoryTest {
  @Test
  void resultsAreEqualAfterTheLibraryRanOutOfMemory(@TempDir Path folder)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit (util-linux) is not installed");
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // The compiler of the virtual machine wants memory of its own, and ends it for want of
            // it.
            "-Xint",
            "-Xms256m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            TightMemory.class.getName());
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    int code = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    String text = Files.readString(log);
    assertEquals(0, code, text);
    for (String line : List.of("limit equal", "score equal", "generate equal")) {
      assertTrue(text.contains(line), text);
    }
    assertTrue(text.matches("(?s).*halvings in score: [1-9].*"), text);
    assertTrue(text.matches("(?s).*halvings in generate: [1-9].*"), text);
  }
}
