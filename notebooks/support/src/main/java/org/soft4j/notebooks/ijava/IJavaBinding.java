package org.soft4j.notebooks.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.List;
import java.util.Map;
import org.soft4j.lab.Labs;
import org.soft4j.notebooks.NoticeHtml;
import org.soft4j.notebooks.Page;
import org.soft4j.notebooks.ParentWatch;
import org.soft4j.notebooks.Prelude;
import org.soft4j.notebooks.Shown;
import org.soft4j.notebooks.View;
import org.soft4j.notebooks.Views;
import org.soft4j.notebooks.cells.CellCheck;

/**
 * Binds the views to an IJava kernel. IJava has no extensions, so that a start-up script calls
 * this; notebooks/ijava-startup.jsh is that script.
 */
public final class IJavaBinding {
  private IJavaBinding() {}

  /** Lets the kernel's renderer draw everything that soft4j's notebooks show. */
  public static void bind(Renderer renderer) {
    for (View<?> view : Views.all()) {
      renderer
          .createRegistration(view.type())
          .preferring(MIMEType.TEXT_HTML)
          .supporting(MIMEType.TEXT_PLAIN, MIMEType.IMAGE_PNG)
          .register((value, context) -> data(view.of(value), context.getOutputContainer()));
    }
  }

  /**
   * Shows at the end of each cell what it did to declarations without saying so, and errors of
   * soft4j with their remedies. Where the kernel is built otherwise than IJava 1.3, a line on the
   * error stream says that cells are not followed.
   */
  public static void watchCells(BaseKernel kernel) {
    Prelude.tellErrorsWhole();
    try {
      ParentWatch.begin();
      new CellWatch(kernel, notices -> show(kernel, notices)).begin();
    } catch (RuntimeException | LinkageError fault) {
      System.err.println("soft4j: cells are not followed in this kernel (" + fault + ")");
    }
  }

  private static void show(BaseKernel kernel, List<CellCheck.Notice> notices) {
    DisplayData data = data(NoticeHtml.of(notices), new DisplayData());
    data.putMetaData(NoticeHtml.MARK, true);
    kernel.display(data);
  }

  /** Shows progress on the page of a kernel. */
  public static Labs.Listener watch(BaseKernel kernel) {
    return Prelude.watch(
        new Page() {
          @Override
          public void draw(String id, Shown what) {
            DisplayData data = data(what, new DisplayData());
            data.setDisplayId(id);
            kernel.display(data);
          }

          @Override
          public void redraw(String id, Shown what) {
            kernel.getIO().display.updateDisplay(id, data(what, new DisplayData()));
          }
        });
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
