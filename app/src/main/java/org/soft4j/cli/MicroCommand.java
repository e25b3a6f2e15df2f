package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.datasets.micro.WorldSize;
import org.soft4j.lm.train.PretrainSettings;
import org.soft4j.lm.train.Pretrainer;
import org.soft4j.lm.train.micro.MicroPretraining;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "micro",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The embedded micro world and its model.",
    subcommands = MicroCommand.Pretrain.class)
final class MicroCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut(), CommandLine.Help.Ansi.OFF);
    return 0;
  }

  @Command(
      name = "pretrain",
      mixinStandardHelpOptions = true,
      description = {
        "Rebuild the model of a made-up world from its seed: about ten minutes for a micro world,",
        "an hour for a small one, on one thread."
      })
  static final class Pretrain implements Callable<Integer>, Resumable {
    @Spec private CommandSpec spec;
    @ParentCommand private MicroCommand parent;
    @Mixin private LockOptions locks;

    @Option(
        names = {"--seed", "--world"},
        defaultValue = "1",
        paramLabel = "S",
        description = "Sets the world, the corpus and the initial weights (default: 1).")
    private long seed;

    @Option(
        names = "--size",
        defaultValue = "micro",
        paramLabel = "SIZE",
        description = "Of world and model: micro or small (default: ${DEFAULT-VALUE}).")
    private String size;

    @Option(
        names = "--steps",
        paramLabel = "N",
        description = "Optimizer steps (default: those of the embedded models).")
    private Optional<Integer> steps = Optional.empty();

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "Model folder to write, in the Hugging Face layout.")
    private Path out;

    @Override
    public Integer call() throws Exception {
      if (steps.isPresent() && steps.get() < 1) {
        throw new UserError("--steps is %s.".formatted(steps.get()), "Give a number of 1 or more.");
      }
      return locks.folder(out, FolderKind.MODEL, this::pretrain);
    }

    private int pretrain() {
      Pretrainer.sweep(out);
      FolderKind.MODEL.refuseTaken(out);
      MicroWorld world = new MicroWorld(WorldSize.named(size), seed);
      PretrainSettings recipe = MicroPretraining.settings(world.size(), seed);
      PretrainSettings settings = recipe.withSteps(steps.orElse(recipe.steps()));
      try (Progress.Step step =
          parent.root.progress().start("pre-training", settings.steps(), "steps")) {
        double[] last = new double[1];
        Progress.Reached reached = new Progress.Reached(step);
        MicroPretraining.run(
            world,
            settings,
            out,
            (index, done) -> {
              last[0] = done.loss();
              reached.at(index + 1);
            },
            parent.root.interrupt());
        spec.commandLine()
            .getOut()
            .printf(Locale.ROOT, "model: %s (last loss %.3f)%n", out, last[0]);
        spec.commandLine().getOut().flush();
      }
      return 0;
    }

    @Override
    public String kept() {
      return "the last checkpoint, where there is one, is kept in " + out;
    }
  }
}
