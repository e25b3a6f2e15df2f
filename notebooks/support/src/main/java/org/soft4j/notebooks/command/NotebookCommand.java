package org.soft4j.notebooks.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "notebook",
    mixinStandardHelpOptions = true,
    description = "Open JupyterLab with the Java kernel; install it; run a notebook headless.",
    subcommands = {InstallCommand.class, RunNotebookCommand.class},
    footer = {"", "Words after -- go to JupyterLab: ./soft4j notebook -- --no-browser --port 8889"})
final class NotebookCommand implements Callable<Integer> {
  @Mixin private VenvOption venv;

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "Words for JupyterLab, after --.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    Jupyter jupyter = venv.jupyter();
    List<String> command = new ArrayList<>(List.of("-m", "jupyterlab"));
    // The last of several wins, so that a user may give another.
    command.add("--ServerApp.root_dir=" + Home.folder().resolve("notebooks"));
    command.addAll(words);
    return jupyter.run(command, Python.Setting.HERE);
  }
}
