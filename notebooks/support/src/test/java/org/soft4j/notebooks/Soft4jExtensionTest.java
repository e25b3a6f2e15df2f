package org.soft4j.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.soft4j.core.UserError;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Line;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class Soft4jExtensionTest {
  private final List<String> evaluated = new ArrayList<>();
  private final KernelForTests kernel = new KernelForTests(evaluated::add);

  @AfterEach
  void tellErrorsAsElsewhere() {
    System.clearProperty(UserError.WHOLE_MESSAGE);
  }

  @Test
  void anErrorInACellCarriesItsRemedyAndNoStackTrace() {
    new Soft4jExtension().install(kernel);

    UserError error = new UserError("There is no x.", "Type y.", new IllegalStateException("z"));

    assertEquals("There is no x.\nType y.", error.getMessage());
    assertEquals("UserError: There is no x. Type y.", error.toString());
    assertEquals(0, error.getStackTrace().length);
    assertNull(error.getCause());
  }

  @Test
  void theKernelFindsTheExtensionOnItsClassPath() {
    assertTrue(
        ServiceLoader.load(Extension.class).stream()
            .anyMatch(e -> e.type().equals(Soft4jExtension.class)));
  }

  @Test
  void aTableIsShownAsHtml() {
    new Soft4jExtension().install(kernel);

    DisplayData shown = kernel.getRenderer().render(Table.create(IntColumn.create("round", 1, 2)));

    assertTrue(shown.getData(MIMEType.TEXT_HTML).toString().startsWith("<table"));
  }

  @Test
  void aChartIsShownAsAPngOfTwiceItsSize() throws Exception {
    new Soft4jExtension().install(kernel);
    XYChart chart =
        Charts.overRounds(
            "t", "u", List.of(new Line("l", new double[] {0, 1}, new double[] {2, 3})));

    String png = kernel.getRenderer().render(chart).getData(MIMEType.IMAGE_PNG).toString();

    byte[] bytes = Base64.getDecoder().decode(png);
    assertEquals(
        2 * chart.getWidth(), ImageIO.read(new java.io.ByteArrayInputStream(bytes)).getWidth());
  }

  @Test
  void aValueThatCannotBeDrawnIsShownAsTextThatSaysSo() {
    new Soft4jExtension().install(kernel);
    XYChart broken =
        new XYChart(300, 200) {
          @Override
          public void paint(Graphics2D graphics, int width, int height) {
            throw new IllegalStateException("no ink");
          }
        };

    DisplayData shown = kernel.getRenderer().render(broken);

    String text = shown.getData(MIMEType.TEXT_PLAIN).toString();
    assertTrue(text.startsWith("soft4j could not draw this value"), text);
    assertTrue(text.contains("no ink"), text);
  }

  @Test
  void theCellsGetLabsAndShow() {
    new Soft4jExtension().install(kernel);

    assertTrue(evaluated.stream().anyMatch(code -> code.contains("Labs labs = ")));
    assertTrue(evaluated.stream().anyMatch(code -> code.startsWith("void show(Object")));
  }

  @Test
  void everyPackageIsImportedEvenWhereOneFails() {
    String bad = "import org.soft4j.lm.*;";
    KernelForTests picky =
        new KernelForTests(
            code -> {
              if (code.equals(bad)) {
                throw new IllegalStateException("no such package");
              }
              evaluated.add(code);
            });

    new Soft4jExtension().install(picky);

    assertEquals(Prelude.PACKAGES.size() + 1, evaluated.size());
    assertTrue(evaluated.contains("import tech.tablesaw.api.*;"), evaluated::toString);
  }
}
