package org.soft4j.notebooks;

import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.soft4j.lab.Labs;
import org.soft4j.notebooks.cells.CellCheck;
import org.soft4j.notebooks.jjava.CellWatch;

/**
 * Binds the views and the usual imports to the JJava kernel, which finds this class through
 * ServiceLoader on its class path.
 */
public final class Soft4jExtension implements Extension {
  private static final String WATCH =
      "org.soft4j.notebooks.Soft4jExtension.watch("
          + "org.dflib.jjava.jupyter.kernel.BaseKernel.notebookKernel())";
  private static final String DISPLAY =
      "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.display(value)";

  /** Called by the kernel. */
  public Soft4jExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    Prelude.tellErrorsWhole();
    attempt("the watch over Jupyter", ParentWatch::begin);
    // An exception here would stop the kernel, and one bad line should not cost the others.
    for (View<?> view : Views.all()) {
      attempt(view.type().getSimpleName(), () -> bind(kernel.getRenderer(), view));
    }
    attempt(
        "the watch over cells", () -> CellWatch.begin(kernel, notices -> show(kernel, notices)));
    for (String snippet : Prelude.snippets(WATCH, DISPLAY)) {
      attempt(snippet, () -> kernel.evalRaw(snippet));
    }
  }

  /** Shows progress on the page of a kernel. */
  public static Labs.Listener watch(BaseKernel kernel) {
    return Prelude.watch(
        new Page() {
          @Override
          public void draw(String id, Shown what) {
            DisplayData data = data(what, new DisplayData());
            // As setDisplayId, whose return type differs from version to version of JJava.
            data.putTransientData(DisplayData.DISPLAY_ID_KEY, id);
            kernel.display(data);
          }

          @Override
          public void redraw(String id, Shown what) {
            kernel.getIO().display.updateDisplay(id, data(what, new DisplayData()));
          }
        });
  }

  private static void show(BaseKernel kernel, List<CellCheck.Notice> notices) {
    DisplayData data = data(NoticeHtml.of(notices), new DisplayData());
    data.putMetaData(NoticeHtml.MARK, true);
    kernel.display(data);
  }

  private static void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | LinkageError fault) {
      System.err.println("soft4j: this failed in the kernel: " + what + " (" + fault + ")");
    }
  }

  private static void bind(Renderer renderer, View<?> view) {
    renderer
        .createRegistration(view.type())
        .preferring(MIMEType.TEXT_HTML)
        .supporting(MIMEType.TEXT_PLAIN, MIMEType.IMAGE_PNG)
        .register((value, context) -> data(view.of(value), context.getOutputContainer()));
  }

  private static DisplayData data(Shown shown, DisplayData data) {
    data.putText(shown.text());
    shown.html().ifPresent(data::putHTML);
    shown
        .picture()
        .ifPresent(
            picture ->
                data.putData(
                    MIMEType.IMAGE_PNG, picture.base64(), Map.of("width", picture.width())));
    return data;
  }
}
