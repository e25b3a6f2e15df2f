package org.soft4j.notebooks.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.Progress;
import org.soft4j.core.WholeFile;

/**
 * Executes notebooks through a kernel, without a browser.
 *
 * @param jupyter runs the kernel
 * @param kernel its name
 * @param timeout seconds that a cell may take; 0 for no bound
 * @param setting where, and with which variables
 * @param progress counts the cells
 */
record Execution(
    Jupyter jupyter, String kernel, int timeout, Python.Setting setting, Progress progress) {
  private static final Pattern CELL = Pattern.compile("soft4j-cell (\\d{1,9}) (\\d{1,9})");

  /**
   * Runs all cells and writes the notebook and its HTML copy, also where a cell fails.
   *
   * @return 0, or 1 where a cell failed
   */
  int run(NotebookFile page, Path out) {
    Path target = out.toAbsolutePath();
    WholeFile.write(target, page.text());
    String pages = html(target).toString();
    List<String> words = List.of(target.toString(), pages, kernel, String.valueOf(timeout));
    try (Cells cells = new Cells(progress, out.getFileName().toString())) {
      return jupyter.program("execute.py", words, setting, cells::said);
    }
  }

  /** Name of the HTML copy. */
  static Path html(Path notebook) {
    String name = notebook.getFileName().toString();
    return notebook.resolveSibling(name.substring(0, name.length() - ".ipynb".length()) + ".html");
  }

  /** Shows which cell has ended, as the program says it. */
  private static final class Cells implements AutoCloseable {
    private final Progress progress;
    private final String page;
    private Optional<Progress.Step> step = Optional.empty();
    private long ended;

    Cells(Progress progress, String page) {
      this.progress = progress;
      this.page = page;
    }

    void said(String line) {
      Matcher cell = CELL.matcher(line);
      if (!cell.matches()) {
        progress.say(line);
        return;
      }
      long now = Long.parseLong(cell.group(1));
      long all = Long.parseLong(cell.group(2));
      step = step.or(() -> Optional.of(progress.start(page, all, "cells")));
      step.get().advance(now - ended);
      ended = now;
    }

    @Override
    public void close() {
      step.ifPresent(Progress.Step::close);
    }
  }
}
