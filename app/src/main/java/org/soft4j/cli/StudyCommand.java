package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.soft4j.core.FolderKind;
import org.soft4j.core.UserError;
import org.soft4j.plugin.LockOptions;
import org.soft4j.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description = "Compare every way to spend the same prompts and steps, over seeds and worlds.",
    footer = {"", "Finished cells are kept: the same command goes on where it was stopped."})
final class StudyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Parameters(paramLabel = "NAME", description = "micro, the only study there is.")
  private String name;

  @Option(
      names = "--seeds",
      defaultValue = "10",
      paramLabel = "N",
      description = "Seeds 0 to N-1 (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--worlds",
      split = ",",
      defaultValue = "1,2,3",
      paramLabel = "W",
      description = "Micro worlds (default: ${DEFAULT-VALUE}).")
  private List<Integer> worlds;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Cells run at the same time (default: one for each processor).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--out",
      defaultValue = "runs/study-micro",
      paramLabel = "DIR",
      description = "Folder (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Override
  public Integer call() throws Exception {
    if (!name.equals("micro")) {
      throw new UserError(
          "There is no study \"%s\".".formatted(name), "Type ./soft4j study micro.");
    }
    if (seeds < 1) {
      throw new UserError("--seeds is %d.".formatted(seeds), "Give a number of 1 or more.");
    }
    int count = workers.orElse(Runtime.getRuntime().availableProcessors());
    if (count < 1) {
      throw new UserError("--workers is %d.".formatted(count), "Give a number of 1 or more.");
    }
    return locks.folder(out, FolderKind.STUDY, () -> study(Study.micro(seeds, worlds), count));
  }

  private int study(Study study, int count) {
    PrintWriter screen = spec.commandLine().getOut();
    try (Interrupt interrupt = new Interrupt(System.err)) {
      screen.println(text(study, count, interrupt));
      screen.println(
          "written: %s and %s".formatted(out.resolve("study.csv"), out.resolve("study.md")));
      screen.flush();
      return 0;
    }
  }

  private String text(Study study, int count, Interrupt interrupt) {
    try {
      return study.run(out, root.opener(), count, root.progress(), interrupt).text();
    } catch (CancellationException stopped) {
      throw Stopped.told(spec.commandLine().getErr(), "the same command goes on.", stopped);
    }
  }
}
