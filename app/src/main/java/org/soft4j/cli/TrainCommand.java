package org.soft4j.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.settings.Settings;
import org.soft4j.stages.Stages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description =
        "Train an adapter, or all weights (--set training.method=full), on labels, without header"
            + " or demonstrations.")
final class TrainCommand implements Callable<Integer>, Resumable {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;
  @Mixin private MethodOptions method;

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "F",
      description = "A labels.jsonl written by `label` or `run`.")
  private Path labels;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder to write adapter/ or model/ to; an interrupted training resumes from"
              + " checkpoint/.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Settings settings = method.settings("train", "model.name");
    return locks.folder(out, FolderKind.TRAINING, () -> train(settings));
  }

  private int train(Settings settings) {
    Stages.refuseTrained(out, settings.soft());
    Stages.labels(labels);
    try (OpenedModel opened = root.opener().open(settings.model().choice())) {
      Stages stages = new Stages(opened, settings, root.progress(), root.interrupt());
      method.begin(stages.template());
      Path result = stages.train(labels, out);
      spec.commandLine().getOut().println(result.getFileName() + ": " + result);
      NextSteps.ofTraining(settings, stages.template().template().name(), result)
          .print(spec.commandLine().getOut());
    }
    return 0;
  }

  @Override
  public String kept() {
    return "the last checkpoint, where there is one, is kept in " + out;
  }
}
