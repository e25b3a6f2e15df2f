package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.core.UserError;
import org.soft4j.plugin.Clusters;
import org.soft4j.plugin.ComputeCluster;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.settings.Settings;
import org.soft4j.study.Study;
import org.soft4j.study.StudyResult;
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
    footer = {"", "Finished cells are kept: to continue, run the same command again."})
final class StudyCommand implements Callable<Integer>, Resumable {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Parameters(paramLabel = "NAME", description = "Name of the study: micro, the only one.")
  private String name;

  @Mixin private SettingOptions changes = SettingOptions.overPreset("micro");

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
    Settings settings = changes.resolved().value();
    Study study = Study.micro(settings);
    int asked = settings.study().workers();
    int count = asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
    return locks.folder(out, FolderKind.STUDY, () -> study(study, settings, count));
  }

  private int study(Study study, Settings settings, int count) {
    PrintWriter screen = spec.commandLine().getOut();
    Optional<ComputeCluster> cluster = Clusters.of(settings.cluster(), root.progress()::say);
    StudyResult result =
        cluster.isPresent()
            ? study.run(out, cluster.get(), root.progress(), root.interrupt())
            : study.run(out, root.opener(), count, root.progress(), root.interrupt());
    screen.println(result.text());
    screen.println(
        "written: %s, %s and label_errors.csv"
            .formatted(out.resolve("study.csv"), out.resolve("study.md")));
    screen.flush();
    return 0;
  }

  @Override
  public String kept() {
    return "finished cells are kept in " + out;
  }
}
