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
    // The server's folder is fixed by its first free word; a user may give another.
    if (words.stream().allMatch(word -> word.startsWith("-"))) {
      command.add(Home.folder().resolve("notebooks").toString());
    }
    command.addAll(words);
    return jupyter.run(command, Setting.HERE);
  }
}
