package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.settings.Settings;
import org.soft4j.stages.Stages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    description = "Label prompts with demonstrations of a pool: labels.jsonl and dropped.jsonl.")
final class LabelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private MethodOptions method;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  private Path out;

  @Override
  public Integer call() {
    Settings settings = method.settings("label", "model.name", "data.prompts", "data.pool");
    FolderKind.LABELS.refuseTaken(out);
    try (OpenedModel opened = root.opener().open(settings.model().choice());
        Interrupt interrupt = new Interrupt(System.err)) {
      Stages.Labelled done =
          new Stages(opened, settings, root.progress(), interrupt)
              .label(Path.of(settings.data().prompts()), settings.data().pool(), out);
      PrintWriter screen = spec.commandLine().getOut();
      screen.printf("%d labels in %s%n", done.kept(), out.resolve("labels.jsonl"));
      done.dropped()
          .forEach((reason, count) -> screen.printf("  dropped, %s: %d%n", reason, count));
      opened.model().positions().ifPresent(positions -> screen.println(positions.text()));
      screen.flush();
    }
    return 0;
  }
}
