package org.soft4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.eval.Tasks;
import org.soft4j.eval.yaml.YamlTasks;
import org.soft4j.session.TaskCatalogue;
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
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  /** Where tasks and their files are looked for. */
  static final class Places {
    @Option(names = "--data", paramLabel = "DIR", description = "Folder with benchmark files.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--include", paramLabel = "DIR", description = "Folder of task files (.yaml).")
    private Optional<Path> include = Optional.empty();

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "Option of a benchmark.")
    private Map<String, String> options = Map.of();

    YamlTasks.Chosen choose(List<String> patterns) {
      Tasks known =
          include.map(dir -> YamlTasks.including(Tasks.standard(), dir)).orElseGet(Tasks::standard);
      return YamlTasks.choose(known, patterns);
    }

    void print(CommandSpec spec, List<String> patterns, boolean cards) {
      YamlTasks.Chosen chosen = choose(patterns);
      List<TaskCatalogue.Entry> entries =
          TaskCatalogue.of(chosen.tasks(), data, options).entries(chosen.names());
      var screen = spec.commandLine().getOut();
      if (cards) {
        entries.forEach(entry -> TaskCards.card(screen, entry));
      } else {
        TaskCards.table(screen, entries);
      }
      screen.flush();
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All benchmarks, one a line.")
  static final class Listing implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Places places;

    @Parameters(
        paramLabel = "PATTERN",
        defaultValue = "*",
        description = "Names, * for any characters, or task files (default: all).")
    private List<String> patterns;

    @Override
    public Integer call() {
      places.print(spec, patterns, false);
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
    @Mixin private Places places;

    @Parameters(
        paramLabel = "NAME",
        arity = "1..*",
        description = "A name that `tasks list` shows, or the path of a task file.")
    private List<String> names;

    @Override
    public Integer call() {
      places.print(spec, names, true);
      return 0;
    }
  }
}
