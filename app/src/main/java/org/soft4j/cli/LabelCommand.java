package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.settings.Settings;
import org.soft4j.soft.DropWarning;
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
    description =
        "Label prompts under demonstrations from a pool; write labels.jsonl, dropped.jsonl and label_errors.csv.",
    footer = {"", "To continue after an interrupt, run the same command again."})
final class LabelCommand implements Callable<Integer>, Resumable {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;
  @Mixin private MethodOptions method;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Settings settings = method.settings("label", "model.name", "data.prompts", "data.pool");
    return locks.folder(out, FolderKind.LABELS, () -> label(settings));
  }

  private int label(Settings settings) {
    Stages.refuseLabelled(out);
    PromptFiles.read(Path.of(settings.data().prompts()));
    try (OpenedModel opened = root.endpoints(settings).open(settings.model().choice())) {
      Stages stages = new Stages(opened, settings, root.progress(), root.interrupt());
      method.begin(stages.template());
      Stages.Labelled done =
          stages.label(Path.of(settings.data().prompts()), settings.data().pool(), out);
      PrintWriter screen = spec.commandLine().getOut();
      screen.printf("%s labels in %s%n", done.kept(), out.resolve("labels.jsonl"));
      done.dropped()
          .forEach((reason, count) -> screen.printf("  dropped, %s: %s%n", reason, count));
      done.warning().ifPresent(this::warn);
      opened.model().positions().ifPresent(positions -> screen.println(positions.text()));
      if (done.kept() > 0) {
        NextSteps.ofLabels(settings, method.words(), out.resolve("labels.jsonl")).print(screen);
      }
      screen.flush();
    }
    return 0;
  }

  private void warn(DropWarning warning) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("warning: " + warning.text());
    err.flush();
  }

  @Override
  public String kept() {
    return "finished chunks are kept in " + out;
  }
}
