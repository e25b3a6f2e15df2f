package org.soft4j.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.train.PretrainSettings;
import org.soft4j.lm.train.micro.MicroPretraining;
import org.soft4j.plugin.LockOptions;
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
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  @Command(
      name = "pretrain",
      mixinStandardHelpOptions = true,
      description = "Make the model of a micro world again, from its seed (about ten minutes).")
  static final class Pretrain implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private MicroCommand parent;
    @Mixin private LockOptions locks;

    @Option(
        names = {"--seed", "--world"},
        defaultValue = "1",
        paramLabel = "S",
        description = "Fixes the world, the corpus and the first weights (default: 1).")
    private long seed;

    @Option(
        names = "--steps",
        defaultValue = "1600",
        paramLabel = "N",
        description = "Optimizer steps (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "Model folder to write, in the Hugging Face layout.")
    private Path out;

    @Override
    public Integer call() throws Exception {
      if (steps < 1) {
        throw new UserError("--steps is %d.".formatted(steps), "Give a number of 1 or more.");
      }
      return locks.folder(out, FolderKind.MODEL, this::pretrain);
    }

    private int pretrain() {
      FolderKind.MODEL.refuseTaken(out);
      PretrainSettings settings = PretrainSettings.micro(seed).withSteps(steps);
      try (Interrupt interrupt = new Interrupt(System.err);
          Progress.Step step = parent.root.progress().start("pre-training", steps, "steps")) {
        double[] last = new double[1];
        MicroPretraining.run(
            seed,
            settings,
            out,
            (index, done) -> {
              last[0] = done.loss();
              step.advance(1);
            },
            interrupt);
        spec.commandLine().getOut().printf("model: %s (last loss %.3f)%n", out, last[0]);
        spec.commandLine().getOut().flush();
      }
      return 0;
    }
  }
}
