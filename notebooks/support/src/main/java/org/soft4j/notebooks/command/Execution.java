package org.soft4j.notebooks.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.soft4j.core.WholeFile;

/**
 * Executes notebooks through a kernel, without a browser.
 *
 * @param jupyter runs the kernel
 * @param kernel its name
 * @param timeout seconds that a cell may take; 0 for no bound
 * @param setting where, and with which variables
 */
record Execution(Jupyter jupyter, String kernel, int timeout, Python.Setting setting) {
  private static final String PROGRAM = "execute.py";

  /**
   * Runs all cells and writes the notebook and its HTML copy, also where a cell fails.
   *
   * @return 0, or 1 where a cell failed
   */
  int run(NotebookFile page, Path out) {
    Path target = out.toAbsolutePath();
    WholeFile.write(target, page.text());
    List<String> words =
        List.of(
            "-c",
            program(),
            target.toString(),
            html(target).toString(),
            kernel,
            String.valueOf(timeout));
    return jupyter.run(words, setting);
  }

  /** Name of the HTML copy. */
  static Path html(Path notebook) {
    String name = notebook.getFileName().toString();
    return notebook.resolveSibling(name.substring(0, name.length() - ".ipynb".length()) + ".html");
  }

  private static String program() {
    try (InputStream in = Execution.class.getResourceAsStream(PROGRAM)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
