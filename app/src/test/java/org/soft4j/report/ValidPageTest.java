package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports full of hostile text before the Nu HTML checker, the one behind validator.w3.org/nu. */
@Timeout(300)
@Tag("slow")
class ValidPageTest {
  @TempDir Path folder;

  @Test
  void thePagesOfARunAndOfAComparisonAreValid() throws Exception {
    Path one = SampleRun.write(folder.resolve("one"));
    Path two = SampleRun.write(folder.resolve("two"));
    Path comparison = ReportWriter.write(List.of(one, two), folder);
    assertEquals("", faults(ReportWriter.write(one), comparison));
  }

  /** The test above can fail. */
  @Test
  void theCheckerFindsAFault() throws Exception {
    Path page = folder.resolve("bad.html");
    Files.writeString(page, "<!doctype html><title>x</title><p><table><tr><td></p>");
    String faults = faults(page);
    assertTrue(faults.contains("error"), faults);
  }

  private String faults(Path... pages) throws IOException, InterruptedException {
    Path out = folder.resolve("faults.txt");
    ProcessBuilder checker =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xss4m",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
            "-cp",
            // Its own version of ICU before the toolkit's; the build puts it there.
            Path.of("target", "checker", "icu4j.jar")
                + File.pathSeparator
                + System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
            "nu.validator.client.SimpleCommandLineValidator",
            "--errors-only",
            // Newer than the checker: what opens details in print. Others pass the rule over.
            "--filterpattern",
            ".*::details-content.*");
    for (Path page : pages) {
      checker.command().add(page.toString());
    }
    Process process = checker.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertTrue(process.waitFor(240, TimeUnit.SECONDS), "the checker takes too long");
    return process.exitValue() == 0 ? "" : Files.readString(out).strip();
  }
}
