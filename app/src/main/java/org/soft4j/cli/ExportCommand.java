package org.soft4j.cli;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Resolved;
import org.soft4j.core.WholeFile;
import org.soft4j.evaluation.AnsweredFolder;
import org.soft4j.evaluation.Exports;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.outside.OutsideTraining;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.settings.Settings;
import org.soft4j.stages.Stages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write answers and training examples in the formats of the reference tools.",
    subcommands = {
      ExportCommand.LmEval.class,
      ExportCommand.FastChat.class,
      ExportCommand.AlpacaEval.class,
      ExportCommand.Trl.class
    },
    footer = {
      "",
      "The questions are rebuilt from the benchmark's files; files that have changed since are "
          + "refused. ./soft4j compare also reads what lm-evaluation-harness writes."
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    line.usage(line.getOut(), CommandLine.Help.Ansi.OFF);
    return 0;
  }

  static void say(CommandSpec spec, List<Path> written) {
    written.forEach(path -> spec.commandLine().getOut().println("written: " + path));
    spec.commandLine().getOut().flush();
  }

  /** What is exported, and where to. */
  static final class Folders {
    @Parameters(
        paramLabel = "FOLDER",
        description = "Folder of eval --out, a run, or one of its rounds.")
    private Path folder;

    @Option(names = "--round", paramLabel = "N", description = "Of a run (default: its last).")
    private Optional<Integer> round = Optional.empty();

    @Option(
        names = "--as",
        paramLabel = "NAME",
        description = "Name of the model in the files (default: as it was named).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
    private Path out;

    @Mixin private LockOptions locks;

    String kept() {
      return "files that are whole are kept in " + out;
    }

    int export(CommandSpec spec, Function<Exports, List<Path>> write) throws Exception {
      return locks.folder(
          out,
          FolderKind.EXPORT,
          () -> {
            CompareCommand.tellWriters(spec, List.of(folder));
            OptionalInt wanted = round.map(OptionalInt::of).orElse(OptionalInt.empty());
            say(spec, write.apply(Exports.of(AnsweredFolder.open(folder, wanted), name)));
            return 0;
          });
    }
  }

  @Command(
      name = "lm-eval",
      mixinStandardHelpOptions = true,
      description = "lm-evaluation-harness: MODEL/results_DATE.json, samples_TASK_DATE.jsonl.")
  static final class LmEval implements Callable<Integer>, Resumable {
    @Spec private CommandSpec spec;
    @Mixin private Folders folders;

    @Override
    public Integer call() throws Exception {
      return folders.export(
          spec, found -> found.lmEval(folders.out, LocalDateTime.now(ZoneId.systemDefault())));
    }

    @Override
    public String kept() {
      return folders.kept();
    }
  }

  @Command(
      name = "fastchat",
      mixinStandardHelpOptions = true,
      description = "FastChat, as below its folder data: BENCH/model_answer/MODEL.jsonl.")
  static final class FastChat implements Callable<Integer>, Resumable {
    @Spec private CommandSpec spec;
    @Mixin private Folders folders;

    @Option(
        names = "--judgments",
        paramLabel = "DIR",
        description = "A folder of judge --out, for BENCH/model_judgment; may be repeated.")
    private List<Path> judgments = List.of();

    @Override
    public Integer call() throws Exception {
      return folders.export(spec, found -> found.fastChat(folders.out, judgments));
    }

    @Override
    public String kept() {
      return folders.kept();
    }
  }

  @Command(
      name = "alpaca-eval",
      mixinStandardHelpOptions = true,
      description = "AlpacaEval: MODEL/model_outputs.json.")
  static final class AlpacaEval implements Callable<Integer>, Resumable {
    @Spec private CommandSpec spec;
    @Mixin private Folders folders;

    @Override
    public Integer call() throws Exception {
      return folders.export(spec, found -> found.alpacaEval(folders.out));
    }

    @Override
    public String kept() {
      return folders.kept();
    }
  }

  @Command(
      name = "trl",
      mixinStandardHelpOptions = true,
      description =
          "TRL: what `train` learns of labels as examples.jsonl, lines of prompt and completion,"
              + " which SFTTrainer takes; also what training.command gets as {examples}.")
  static final class Trl implements Callable<Integer>, Resumable {
    @Spec private CommandSpec spec;
    @ParentCommand private ExportCommand export;
    @Mixin private LockOptions locks;

    @Option(
        names = "--model",
        required = true,
        paramLabel = "M",
        description = "Model whose chat template writes the prompts, as for `train`.")
    private String model;

    @Option(
        names = "--template",
        paramLabel = "T",
        description = "Another prompt template, as for `train`.")
    private String template = "auto";

    @Option(
        names = "--labels",
        required = true,
        paramLabel = "F",
        description = "A labels.jsonl written by `label` or `run`.")
    private Path labels;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
    private Path out;

    @Override
    public Integer call() throws Exception {
      Settings settings =
          Resolved.defaults(Settings.DEFAULT)
              .with(Map.of("model.name", model, "data.template", template), "flag")
              .value();
      return locks.folder(out, FolderKind.EXPORT, () -> write(settings));
    }

    /** The model is opened for its chat template. */
    private int write(Settings settings) {
      Soft4j root = export.root;
      try (OpenedModel opened = root.opener().open(settings.model().choice())) {
        Stages stages = new Stages(opened, settings, root.progress(), root.interrupt());
        spec.commandLine().getErr().println(stages.template().line());
        Path file = out.resolve("examples.jsonl");
        WholeFile.write(file, OutsideTraining.lines(stages.examples(labels)));
        say(spec, List.of(file));
      }
      return 0;
    }

    @Override
    public String kept() {
      return "nothing is kept; " + out + " is written at once";
    }
  }
}
