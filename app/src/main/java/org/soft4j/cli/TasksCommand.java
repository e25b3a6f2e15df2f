package org.soft4j.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.soft4j.eval.yaml.TaskCatalogue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "tasks",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "List the benchmarks that eval knows, and show their cards.",
    subcommands = {TasksCommand.Listing.class, TasksCommand.Show.class})
final class TasksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut(), CommandLine.Help.Ansi.OFF);
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All benchmarks, one a line.")
  static final class Listing implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private SettingOptions changes = SettingOptions.overDefaults();

    @Parameters(
        paramLabel = "PATTERN",
        defaultValue = "*",
        description = "Names, * for any characters, or task files (default: all).")
    private List<String> patterns;

    @Override
    public Integer call() {
      TaskCards.table(
          spec.commandLine().getOut(),
          changes.resolved().value().data().places().entries(patterns));
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "The card of a benchmark: version, source, licence, metrics, notes, first prompt.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private SettingOptions changes = SettingOptions.overDefaults();

    @Parameters(
        paramLabel = "NAME",
        arity = "1..*",
        description = "A name that `tasks list` shows, or the path of a task file.")
    private List<String> names;

    @Option(
        names = "--json",
        description =
            "Print all requests to a model, or why there are none: one line of JSON per name.")
    private boolean json;

    @Override
    public Integer call() {
      if (json) {
        return TaskRequestLines.print(
                spec.commandLine().getOut(), changes.resolved().value().data().places(), names)
            ? 0
            : Faults.USER;
      }
      List<TaskCatalogue.Entry> entries = changes.resolved().value().data().places().entries(names);
      return TaskCards.cards(spec.commandLine().getOut(), entries) ? 0 : Faults.USER;
    }
  }
}
