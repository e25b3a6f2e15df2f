package org.soft4j.notebooks.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.console.ConsoleProgress;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run a notebook headless; write it with its outputs, and an HTML copy beside it.",
    footer = {
      "",
      "Parameters are the variables of the cell tagged \"parameters\". A notebook whose cell fails",
      "is written too, up to that cell and with its fault; the exit code is then 1."
    })
final class RunNotebookCommand implements Callable<Integer>, Resumable {
  @Spec private CommandSpec spec;
  @Mixin private VenvOption venv;
  @Mixin private LockOptions locks;

  @Parameters(paramLabel = "FILE", description = "Notebook (.ipynb).")
  private Path file;

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "KEY=VALUE",
      description = "Another value of a parameter; may be repeated.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Notebook to write.")
  private Path out;

  @Option(
      names = "--timeout",
      defaultValue = "0",
      paramLabel = "S",
      description = "Seconds that a cell may take; 0 for as long as it likes.")
  private int timeout;

  /** A kernel's variables end with it, so that the cells are run from the first one again. */
  @Override
  public String kept() {
    return "the cells that ran are kept in %s with their outputs, but no variables".formatted(out);
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no notebook %s.".formatted(file), "Check the name.");
    }
    if (!out.toString().endsWith(".ipynb")) {
      throw new UserError(
          "--out is %s.".formatted(out), "Name a notebook: its name ends with .ipynb.");
    }
    NotebookFile page = NotebookFile.read(file).with(parameters);
    return locks.file(out, "--out", () -> execute(page));
  }

  private int execute(NotebookFile page) {
    Jupyter jupyter = venv.jupyter();
    Progress bars = ConsoleProgress.standard();
    int code =
        new Execution(jupyter, KernelSpec.NAME, timeout, Python.Setting.HERE, bars).run(page, out);
    PrintWriter screen = spec.commandLine().getOut();
    screen.println("written: %s and %s".formatted(out, Execution.html(out)));
    screen.flush();
    return code;
  }
}
