package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertEquals("", HtmlChecker.faults(folder, ReportWriter.write(one), comparison));
  }

  /** The test above can fail. */
  @Test
  void theCheckerFindsAFault() throws Exception {
    Path page = folder.resolve("bad.html");
    Files.writeString(page, "<!doctype html><title>x</title><p><table><tr><td></p>");
    String faults = HtmlChecker.faults(folder, page);
    assertTrue(faults.contains("error"), faults);
  }
}
