package org.soft4j.notebooks.ijava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.soft4j.notebooks.Prelude;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The binding on the renderer of IJava's own base library. */
class IJavaBindingTest {
  private static final String KERNEL = "io.github.spencerpark.ijava.IJava.getKernelInstance()";

  private final Renderer renderer = new Renderer();

  @Test
  void aTableIsShownAsHtmlWithItsText() {
    IJavaBinding.bind(renderer);

    DisplayData shown = renderer.render(Table.create("t", IntColumn.create("round", 1, 2)));

    assertTrue(shown.getData(MIMEType.TEXT_HTML).toString().startsWith("<table"));
    assertTrue(shown.getData(MIMEType.TEXT_PLAIN).toString().contains("round"));
  }

  @Test
  void aChartIsShownAsAPng() {
    IJavaBinding.bind(renderer);
    CategoryChart chart = new CategoryChartBuilder().width(300).height(200).title("bars").build();
    chart.addSeries("s", List.of("a", "b"), List.of(1, 2));

    DisplayData shown = renderer.render(chart);

    byte[] png = Base64.getDecoder().decode(shown.getData(MIMEType.IMAGE_PNG).toString());
    assertEquals('P', png[1]);
    assertEquals("figure: bars", shown.getData(MIMEType.TEXT_PLAIN));
  }

  @Test
  void theStartUpScriptBindsAndSaysWhatTheExtensionSaysOnJJava() throws IOException {
    List<String> script = Files.readAllLines(Path.of("../ijava-startup.jsh"));

    assertTrue(script.get(1).contains("IJavaBinding.bind(" + KERNEL + ".getRenderer())"));
    assertTrue(script.get(2).contains("IJavaBinding.watchCells(" + KERNEL + ")"));
    assertEquals(
        Prelude.snippets(
            "org.soft4j.notebooks.ijava.IJavaBinding.watch(" + KERNEL + ")",
            "io.github.spencerpark.ijava.runtime.Display.display(value)"),
        script.subList(3, script.size()));
  }
}
