package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.lm.open.LocalOpening;

/** What eval leaves for people. */
class EvaluationReportTest {
  @TempDir Path folder;

  @Test
  void evalWritesItsReportAndTellsItsPath() throws Exception {
    Path out = folder.resolve("out");
    Shell shell =
        Shell.run(
            LocalOpening::open,
            "eval",
            "--model",
            "micro-1",
            "--tasks",
            "micro_truth",
            "--limit",
            "4",
            "--shots",
            "0,1",
            "--out",
            out.toString());
    assertEquals(0, shell.code(), shell.err());
    List<String> lines = shell.out().lines().toList();
    assertEquals("evaluated: micro-1", lines.get(0));
    // What can be typed next stands behind it.
    assertTrue(lines.contains("report: " + out.resolve("report.html")), shell.out());
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("<th class=\"number\">micro-1</th>"), page);
    assertFalse(page.contains("<th class=\"number\">base</th>"), "what was evaluated has a name");
    assertTrue(page.contains("637,696 parameters, float32, 2.4 MiB of weights, on cpu"), page);
    assertTrue(page.matches("(?s).*Began 20\\d\\d-\\d\\d-\\d\\d .* s at work.*"), page);
    assertTrue(page.contains("href=\"./metrics.csv\""), page);
    assertTrue(page.contains("<li><a href=\"#every-item\">Every item</a></li>"), page);
    String items = Files.readString(out.resolve("samples/micro_truth.html"));
    assertTrue(items.contains("\\u003cbos\\u003e \\u003cq\\u003e "), "the prompt, word for word");
    assertTrue(items.contains("\"contexts\""), items);
  }
}
