package org.soft4j.notebooks;

import java.util.List;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Table;

/**
 * Binds the renderers and the usual imports to the JJava kernel, which finds this class through
 * ServiceLoader on its class path.
 */
public final class Soft4jExtension implements Extension {
  private static final List<String> IMPORTS =
      List.of(
          "import org.soft4j.datasets.*;",
          "import org.soft4j.lm.*;",
          "import org.soft4j.soft.*;",
          "import org.soft4j.table.*;",
          "import org.soft4j.plot.*;",
          "import org.soft4j.eval.*;",
          "import tech.tablesaw.api.*;");

  /** Called by the kernel. */
  public Soft4jExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    try {
      bind(kernel.getRenderer());
      kernel.evalRaw(String.join("\n", IMPORTS));
    } catch (RuntimeException fault) {
      // An exception here would stop the kernel; a page without pictures is better than no page.
      System.err.println("soft4j's renderers were not bound to this kernel: " + fault);
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
        .createRegistration(IChart.class)
        .preferring(MIMEType.IMAGE_PNG)
        .register(
            (chart, context) ->
                context.getOutputContainer().assign(renderer.render(ChartPicture.of(chart))));
  }
}
