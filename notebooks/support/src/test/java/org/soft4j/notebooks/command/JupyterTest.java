package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;

/** Pages through Jupyter and the real kernel. */
@Timeout(900)
@Tag("slow")
class JupyterTest {
  @TempDir Path folder;

  // ShellPagesTest runs the same cells in less time.
  @TestFactory
  @Tag("longest")
  Stream<DynamicTest> everyPageRunsThroughTheKernel() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    return Pages.files().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> run(jupyter, file)));
  }

  private void run(TestJupyter jupyter, Path file) throws IOException {
    NotebookFile page = NotebookFile.read(file);
    assumeTrue(Pages.inCi(page), "runs on demand, by ./soft4j notebook run");
    Path out = folder.resolve(file.getFileName());

    int code = jupyter.run(Pages.small(page, Path.of("runs").resolve(file.getFileName())), out);

    NotebookFile written = NotebookFile.read(out);
    assertEquals(0, code, CommittedPagesTest.outputs(written));
    String outputs = CommittedPagesTest.outputs(written);
    assertTrue(outputs.contains("<table"), "no table");
    assertTrue(outputs.contains("image/png"), "no figure");
    assertFalse(outputs.contains("could not draw"), outputs);
    Browser.check(Execution.html(out));
  }

  /** What a page shows is computed from its seed, not kept from an earlier time. */
  @Test
  @Tag("longest")
  void anotherSeedChangesEveryTableAndFigure() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    NotebookFile page = NotebookFile.read(Pages.named("02-icl-pool"));
    List<List<JsonNode>> shown = new ArrayList<>();
    for (String seed : List.of("1", "2")) {
      Path out = folder.resolve("seed-" + seed + ".ipynb");
      Path runs = Path.of("runs/seed-" + seed);
      assertEquals(0, jupyter.run(Pages.small(page, runs, Map.of("seed", seed)), out));
      shown.add(Pages.code(NotebookFile.read(out)));
    }
    int compared = 0;
    for (int i = 0; i < shown.get(0).size(); i++) {
      JsonNode outputs = shown.get(0).get(i).path("outputs");
      if (outputs.toString().contains("<table") || outputs.toString().contains("image/png")) {
        assertNotEquals(outputs, shown.get(1).get(i).path("outputs"), outputs::toString);
        compared++;
      }
    }
    assertTrue(compared >= 5, () -> "tables and figures of the page");
  }

  @Test
  void aFailingCellIsWrittenWithItsFaultAndTheCodeIsNotZero() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path out = folder.resolve("failing.ipynb");

    int code = jupyter.run(page("int a = 1;", "a / 0", "System.out.println(\"after\");"), out);

    List<JsonNode> cells = Pages.code(NotebookFile.read(out));
    assertEquals(1, code);
    assertEquals("error", cells.get(1).at("/outputs/0/output_type").asText());
    assertTrue(cells.get(1).path("outputs").toString().contains("/ by zero"));
    assertEquals(0, cells.get(2).path("outputs").size(), "the cells after it do not run");
    assertTrue(Files.readString(Execution.html(out)).contains("by zero"));
  }

  /** JJava itself answers "ok" to both cells and shows nothing. */
  @Test
  void aCellThatTakesAValueAwaySaysSoAndEndsTheRun() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    for (String taking : List.of("a\nb", "class A { int size; }")) {
      Path out = folder.resolve("taking.ipynb");

      int code = jupyter.run(page("class A {}\nA a = new A(), b = a;", taking, "1"), out);

      List<JsonNode> cells = Pages.code(NotebookFile.read(out));
      assertEquals(1, code);
      assertEquals("display_data", cells.get(1).at("/outputs/0/output_type").asText());
      assertTrue(cells.get(1).path("outputs").toString().contains("soft4j: "), taking);
      assertEquals(0, cells.get(2).path("outputs").size(), "the cells after it do not run");
      assertTrue(Files.readString(Execution.html(out)).contains("soft4j: "));
    }
  }

  @Test
  void anErrorOfSoft4jIsShownWithItsRemedyAndWithoutAStackTrace() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path out = folder.resolve("error.ipynb");

    assertEquals(1, jupyter.run(page("Lab lab = labs.open(\"nope\");"), out));

    JsonNode shown = Pages.code(NotebookFile.read(out)).get(0).path("outputs");
    assertEquals(1, shown.size(), shown::toString);
    String lines = shown.at("/0/traceback").toString();
    assertTrue(lines.contains("There is no preset"), lines);
    assertTrue(lines.contains("Choose among: micro"), lines);
    assertFalse(lines.contains("\\tat "), lines);
  }

  /** JJava's own message names the snippet and its status, not what is wrong with it. */
  @Test
  void theCompilersReasonIsShownAndPrintedAndTheCellsAreCounted() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path out = folder.resolve("wrong.ipynb");
    List<String> counted = new ArrayList<>();
    Progress counting =
        (what, total, unit) -> done -> counted.add(what + " " + done + " of " + total + " " + unit);

    int code = jupyter.run(page("int a = 1;", "a", "int b = \"text\";"), out, counting);

    assertEquals(1, code);
    JsonNode shown = Pages.code(NotebookFile.read(out)).get(2).at("/outputs/0/traceback");
    assertTrue(shown.toString().contains("incompatible types"), shown::toString);
    String cell = "wrong.ipynb 1 of 3 cells";
    assertEquals(List.of("wrong.ipynb 0 of 3 cells", cell, cell), counted.subList(0, 3));
  }

  /** Sources of soft4j lie beside the launcher. */
  @Test
  void shiftTabShowsSignaturesWithJavadoc() throws IOException {
    assertEquals(0, ended("inspect_names.py"), "inspect_names.py says why on the error stream");
  }

  @Test
  void parametersReachTheKernelAsTheTextsTheyAre() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path out = folder.resolve("parameters.ipynb");
    String nasty = "\"; System.exit(3); //\n%maven x\n= %maven y \\u0022";
    NotebookFile page = page("String name = \"a\"; long seed = 1;", "show(seed + name);");
    ((ObjectNode) page.page().at("/cells/0/metadata")).putArray("tags").add("parameters");

    int code = jupyter.run(page.with(Map.of("name", nasty, "seed", "2")), out);

    assertEquals(0, code);
    JsonNode shown = Pages.code(NotebookFile.read(out)).get(2).at("/outputs/0/data/text~1plain");
    StringBuilder text = new StringBuilder(shown.isTextual() ? shown.asText() : "");
    shown.forEach(line -> text.append(line.asText()));
    assertEquals("2" + nasty, text.toString());
  }

  @Test
  void progressIsDrawnInPlaceAndAFailingViewLeavesTheKernelRunning() throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path out = folder.resolve("progress.ipynb");
    NotebookFile page =
        page(
            "Lab lab = labs.open(\"micro\");",
            "Table labels = lab.base().label(lab.prompts().first(20));",
            "new XYChart(300, 200) { public void paint(java.awt.Graphics2D g, int w, int h) {"
                + " throw new IllegalStateException(\"no ink\"); } }",
            "labels.first(1)");

    int code = jupyter.run(page, out);

    List<JsonNode> cells = Pages.code(NotebookFile.read(out));
    assertEquals(0, code);
    assertEquals(1, cells.get(1).path("outputs").size(), "one line, drawn over");
    assertTrue(cells.get(1).toString().contains("labelling: 20 prompts"), cells.get(1)::toString);
    assertTrue(cells.get(2).toString().contains("could not draw"), cells.get(2)::toString);
    assertTrue(cells.get(3).toString().contains("<table"), cells.get(3)::toString);
  }

  @Test
  void anInterruptEndsACellSoonAndTheKernelGoesOn() throws IOException {
    assertEquals(0, ended("interrupt.py"), "interrupt.py says why on the error stream");
  }

  /** jupyter_kernel_test 0.7.0, of notebooks/requirements-test.txt. */
  @Test
  void theKernelPassesJupytersOwnTestOfKernels() throws IOException {
    Python python = TestJupyter.here(folder).jupyter().python();
    assumeTrue(
        python.ask("import jupyter_kernel_test").isPresent(),
        "not run: pip install -r notebooks/requirements-test.txt brings jupyter_kernel_test");

    assertEquals(0, ended("kernel_test.py"), "kernel_test.py says why on the error stream");
  }

  /** Exit code of a program of this test's folder, to which the kernel is "soft4j". */
  private int ended(String program) throws IOException {
    TestJupyter jupyter = TestJupyter.here(folder);
    Path file = Path.of("src/test/resources/org/soft4j/notebooks/command", program);
    return jupyter.jupyter().run(List.of(file.toAbsolutePath().toString()), jupyter.setting());
  }

  static NotebookFile page(String... sources) {
    ObjectNode page = Json.mapper().createObjectNode();
    ArrayNode cells = page.putArray("cells");
    for (int i = 0; i < sources.length; i++) {
      ObjectNode cell = cells.addObject();
      cell.put("cell_type", "code").put("id", "c" + i).put("source", sources[i]);
      cell.putNull("execution_count");
      cell.putObject("metadata");
      cell.putArray("outputs");
    }
    page.putObject("metadata");
    page.put("nbformat", 4).put("nbformat_minor", 5);
    return new NotebookFile(page, "page.ipynb");
  }
}
