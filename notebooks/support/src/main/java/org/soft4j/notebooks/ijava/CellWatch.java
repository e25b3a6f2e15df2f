package org.soft4j.notebooks.ijava;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.DisplayStream;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.soft4j.notebooks.cells.CellCheck;

/** Follows the cells of an IJava kernel, whose shell and cell are reached by its fields' names. */
final class CellWatch {
  private final BaseKernel kernel;
  private final JShell shell;
  private final CellCheck check;
  private final Consumer<List<CellCheck.Notice>> page;
  private ShellReplyEnvironment cell;

  CellWatch(BaseKernel kernel, Consumer<List<CellCheck.Notice>> page) {
    this.kernel = kernel;
    this.shell = (JShell) value("shell", value("evaluator", kernel));
    this.check = new CellCheck(shell);
    this.page = page;
  }

  void begin() {
    shell.onSnippetEvent(this::seen);
  }

  private void seen(SnippetEvent event) {
    try {
      var here = (ShellReplyEnvironment) value("env", kernel.getIO().display);
      if (here == null) {
        return;
      }
      if (here != cell) {
        cell = here;
        check.take();
        here.defer(this::end);
      }
      check.seen(event);
    } catch (RuntimeException | LinkageError fault) {
      // An exception here would become that of the cell.
      System.err.println("soft4j: this cell could not be followed: " + fault);
    }
  }

  private void end() {
    check.end(page);
    cell = null;
  }

  private static Object value(String name, Object of) {
    Class<?> owner = of instanceof DisplayStream ? DisplayStream.class : of.getClass();
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException otherwise) {
      throw new IllegalStateException("no field " + name + " in " + owner, otherwise);
    }
  }
}
