package org.soft4j.notebooks.jjava;

import java.util.List;
import java.util.function.Consumer;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.soft4j.notebooks.cells.CellCheck;

/**
 * Follows the cells of a kernel: shows at the end of each what it did without saying so, and keeps
 * its text for the history. A cell begins with the first snippet that JShell tells of.
 */
public final class CellWatch {
  private final BaseKernel kernel;
  private final CellCheck check;
  private final Consumer<List<CellCheck.Notice>> page;
  private final CellHistory history = new CellHistory();
  private ShellReplyEnvironment cell;
  private boolean answering;

  private CellWatch(BaseKernel kernel, JShell shell, Consumer<List<CellCheck.Notice>> page) {
    this.kernel = kernel;
    this.check = new CellCheck(shell);
    this.page = page;
  }

  /**
   * Begins to follow a kernel.
   *
   * @param page shows notices in the cell that runs
   */
  public static void begin(BaseKernel kernel, Consumer<List<CellCheck.Notice>> page) {
    JShell shell = Inside.shell(kernel);
    CellWatch watch = new CellWatch(kernel, shell, page);
    Inside.setHistory(kernel, watch.history);
    shell.onSnippetEvent(watch::seen);
  }

  private void seen(SnippetEvent event) {
    try {
      Inside.cell(kernel).ifPresent(here -> seen(event, here));
    } catch (RuntimeException | LinkageError fault) {
      // An exception here would become that of the cell.
      System.err.println("soft4j: this cell could not be followed: " + fault);
    }
  }

  private void seen(SnippetEvent event, ShellReplyEnvironment here) {
    if (here != cell) {
      cell = here;
      check.take();
      // Runs when the cell has ended and its outputs still reach the page.
      here.defer(this::end);
      begun(here);
    }
    check.seen(event);
  }

  private void begun(ShellReplyEnvironment here) {
    if (here.getContext() instanceof Message<?> message
        && message.getContent() instanceof ExecuteRequest request
        && request.shouldStoreHistory()
        && !request.isSilent()) {
      history.add(request.getCode());
    }
    if (!answering) {
      answering = true;
      Answers.replace(Inside.connection(here), kernel, history);
    }
  }

  private void end() {
    check.end(page);
    cell = null;
  }
}
