package org.soft4j.notebooks.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.plugin.LockOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "examples",
    mixinStandardHelpOptions = true,
    description = "Copy soft4j's notebooks into a folder, to work in them.",
    footer = {"", "A file that is there already is kept as it is."})
final class ExamplesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LockOptions locks;

  @Parameters(paramLabel = "DIR", description = "Folder, made where absent.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    return locks.folder(folder, "DIR", this::copy);
  }

  private int copy() {
    spec.commandLine().getOut().println(new Examples(folder).copy());
    spec.commandLine().getOut().println("  ./soft4j notebook " + folder + " opens them.");
    return 0;
  }
}
