package org.soft4j.notebooks.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.soft4j.core.UserError;
import org.soft4j.plugin.LockOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "notebook",
    mixinStandardHelpOptions = true,
    description = "Open JupyterLab with the Java kernel; install it; run a notebook headless.",
    subcommands = {InstallCommand.class, RunNotebookCommand.class, ExamplesCommand.class},
    footer = {
      "",
      "Without DIR, the folder my-notebooks is opened here; it is filled with the examples first.",
      "Words after -- go to JupyterLab: ./soft4j notebook work -- --no-browser --port 8889.",
      "Ctrl-C ends JupyterLab and all kernels."
    })
final class NotebookCommand implements Callable<Integer> {
  private static final Path OWN = Path.of("my-notebooks");

  private static final String AS_ROOT = "--allow-root";

  @Spec private CommandSpec spec;
  @Mixin private VenvOption venv;
  @Mixin private LockOptions locks;

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description = "Folder or notebook to open; then, after --, words for JupyterLab.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Jupyter jupyter = venv.jupyter();
    List<String> given = new ArrayList<>(words);
    boolean named = !given.isEmpty() && !given.get(0).startsWith("-");
    Path place = named ? Path.of(given.remove(0)) : OWN;
    if (!named) {
      locks.folder(OWN, "DIR", () -> fill(OWN));
    }
    List<String> command = new ArrayList<>();
    command.add("--ServerApp.root_dir=" + folder(place));
    if (Files.isRegularFile(place)) {
      command.add(place.toAbsolutePath().toString());
    }
    command.add("--ServerApp.answer_yes=True"); // Ctrl-C asks nothing
    command.add("--MultiKernelManager.default_kernel_name=" + KernelSpec.NAME);
    // The last of several wins, so that a user may give another.
    command.addAll(given);
    int code = jupyter.program("lab.py", command, Python.Setting.HERE);
    if (code != 0 && !given.contains(AS_ROOT) && "root".equals(System.getProperty("user.name"))) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "  JupyterLab starts for root alone where it is told to: ./soft4j notebook %s -- %s"
              .formatted(place, AS_ROOT));
      err.flush();
    }
    return code;
  }

  private static Path folder(Path place) {
    if (Files.isRegularFile(place)) {
      return place.toAbsolutePath().getParent();
    }
    if (!Files.isDirectory(place)) {
      throw new UserError(
          "There is no folder %s.".formatted(place),
          "Make it, or have it made with the examples in it: ./soft4j notebook examples %s"
              .formatted(place));
    }
    return place.toAbsolutePath();
  }

  private int fill(Path folder) {
    spec.commandLine().getErr().println(new Examples(folder).copy());
    return 0;
  }
}
