package org.soft4j.notebooks;

import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.Table;

/**
 * Binds the renderers and the usual imports to the JJava kernel, which finds this class through
 * ServiceLoader on its class path.
 */
public final class Soft4jExtension implements Extension {
  /** Packages whose names a cell may use without an import. */
  static final List<String> PACKAGES =
      List.of(
          "java.nio.file",
          "java.util",
          "java.util.stream",
          "org.soft4j.datasets",
          "org.soft4j.datasets.micro",
          "org.soft4j.eval",
          "org.soft4j.lm",
          "org.soft4j.plot",
          "org.soft4j.session",
          "org.soft4j.soft",
          "org.soft4j.table",
          "tech.tablesaw.api");

  /** Called by the kernel. */
  public Soft4jExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    // An exception here would stop the kernel, and one bad line should not cost the others.
    attempt("renderers", () -> bind(kernel.getRenderer()));
    for (String name : PACKAGES) {
      attempt("import of " + name, () -> kernel.evalRaw("import " + name + ".*;"));
    }
  }

  private static void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException fault) {
      System.err.println("soft4j: the " + what + " failed in this kernel: " + fault);
    }
  }

  private static void bind(Renderer renderer) {
    renderer
        .createRegistration(Table.class)
        .preferring(MIMEType.TEXT_HTML)
        .supporting(MIMEType.TEXT_PLAIN)
        .register(
            (table, context) -> {
              context.renderIfRequested(MIMEType.TEXT_HTML, () -> TableHtml.of(table));
              context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> table.toString());
            });
    renderer
        .createRegistration(XYChart.class)
        .preferring(MIMEType.IMAGE_PNG)
        .supporting(MIMEType.TEXT_PLAIN)
        .register(
            (chart, context) -> {
              DisplayData shown = context.getOutputContainer();
              shown.putText("figure: " + chart.getTitle());
              Map<String, Integer> size = Map.of("width", chart.getWidth());
              shown.putData(MIMEType.IMAGE_PNG, ChartPicture.of(chart), size);
            });
  }
}
