package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The Nu HTML checker, the one behind validator.w3.org/nu, in a process of its own. */
public final class HtmlChecker {
  private HtmlChecker() {}

  /**
   * What it says against pages; nothing where they are valid.
   *
   * @param folder for what it prints
   */
  public static String faults(Path folder, Path... pages) throws IOException, InterruptedException {
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
