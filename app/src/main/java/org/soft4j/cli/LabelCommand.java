package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.LockOptions;
import org.soft4j.run.RunSettings;
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
final class LabelCommand implements Callable<Integer>, TakesSettings {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private MethodOptions method;
  @Mixin private LockOptions locks;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    RunSettings settings = method.settings(spec, "model.name", "data.prompts", "data.pool");
    return locks.folder(out, FolderKind.LABELS, () -> label(settings));
  }

  private int label(RunSettings settings) {
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

  @Override
  public boolean uses(String key) {
    return MethodOptions.used(key) || List.of("data.prompts", "data.pool").contains(key);
  }
}
