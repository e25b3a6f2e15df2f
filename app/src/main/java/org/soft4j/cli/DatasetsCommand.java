package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.core.HomeFolder;
import org.soft4j.core.UserError;
import org.soft4j.datasets.catalogue.NamedSet;
import org.soft4j.datasets.catalogue.SetCatalogue;
import org.soft4j.datasets.catalogue.SetFetcher;
import org.soft4j.datasets.catalogue.SetFolder;
import org.soft4j.plugin.Resumable;
import org.soft4j.table.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "List, fetch, verify and show benchmark sets and prompts.",
    subcommands = {
      DatasetsCommand.Listing.class,
      DatasetsCommand.Fetch.class,
      DatasetsCommand.Verify.class,
      DatasetsCommand.Show.class
    })
final class DatasetsCommand implements Callable<Integer> {
  private static final int SOME_BAD = 1;

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description =
          "Data folder (default: the cache, datasets/ in SOFT4J_HOME; list, verify and show look"
              + " at SOFT4J_DATA where it is set).")
  private Optional<Path> data = Optional.empty();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut(), CommandLine.Help.Ansi.OFF);
    return 0;
  }

  private SetFolder looked() {
    return new SetFolder(data.or(HomeFolder::data).orElseGet(HomeFolder::sets));
  }

  private SetFolder filled() {
    return new SetFolder(data.orElseGet(HomeFolder::sets));
  }

  private static List<NamedSet> sets(List<String> names) {
    SetCatalogue catalogue = SetCatalogue.standard();
    return names.isEmpty() ? catalogue.sets() : names.stream().map(catalogue::named).toList();
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Sets known by name, and whether they are here.")
  static final class Listing implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private DatasetsCommand parent;

    @Override
    public Integer call() {
      SetFolder folder = parent.looked();
      List<List<String>> lines = new ArrayList<>();
      lines.add(List.of("name", "here", "licence", "what", "files", "kB", "digests"));
      for (NamedSet set : SetCatalogue.standard().sets()) {
        lines.add(
            List.of(
                set.name(),
                folder.presence(set).word(),
                set.licence(),
                set.title(),
                String.valueOf(set.files().size()),
                SetCards.kilobytes(set),
                set.pinned() ? "pinned" : "unpinned"));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print(TextTable.of(lines, 4));
      out.println("folder: " + folder.path());
      out.flush();
      return 0;
    }
  }

  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      description = "Download sets; address, licence and size are shown first.")
  static final class Fetch implements Callable<Integer>, Resumable {
    @Spec private CommandSpec spec;
    @ParentCommand private DatasetsCommand parent;
    @Mixin private DownloadOptions download;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names that `list` shows.")
    private List<String> names = List.of();

    @Option(names = "--all", description = "Fetch every set in the catalogue.")
    private boolean all;

    @Override
    public Integer call() {
      if (names.isEmpty() != all) {
        throw new UserError(
            all ? "--all and names are given." : "No set is named.",
            "Name some, or give --all alone. See them with: ./soft4j datasets list");
      }
      List<NamedSet> sets = sets(names);
      PrintWriter out = spec.commandLine().getOut();
      sets.forEach(set -> SetCards.head(set).forEach(out::println));
      out.flush();
      SetFetcher fetcher = new SetFetcher(parent.filled(), download.settings());
      List<SetFolder.Check> checks = new ArrayList<>();
      try (DownloadSteps steps = new DownloadSteps(parent.root.progress())) {
        sets.forEach(set -> checks.addAll(fetcher.fetch(set, steps)));
      }
      out.print(SetCards.table(checks));
      out.println("folder: " + parent.filled().path());
      out.flush();
      return checks.stream().allMatch(SetCards::good) ? 0 : SOME_BAD;
    }

    @Override
    public String kept() {
      return "what has arrived is kept in " + parent.filled().path();
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Check local files against the catalogue's digests and row counts.",
      footer = {"", "Exits with 1 if a file is missing or differs."})
  static final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private DatasetsCommand parent;

    @Parameters(
        arity = "0..*",
        paramLabel = "NAME",
        description = "Names that `list` shows (default: those of which a file is here).")
    private List<String> names = List.of();

    @Override
    public Integer call() {
      SetFolder folder = parent.looked();
      List<SetFolder.Check> checks =
          sets(names).stream()
              .filter(set -> !names.isEmpty() || folder.presence(set) != SetFolder.Presence.MISSING)
              .flatMap(set -> folder.verify(set).stream())
              .distinct()
              .toList();
      PrintWriter out = spec.commandLine().getOut();
      out.print(SetCards.table(checks));
      out.println("folder: " + folder.path());
      out.flush();
      return checks.stream().allMatch(SetCards::good) ? 0 : SOME_BAD;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show a set's card, and its first rows where it is here.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private DatasetsCommand parent;

    @Parameters(paramLabel = "NAME", description = "A name that `list` shows.")
    private String name;

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "3",
        description = "Rows of each file (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Override
    public Integer call() {
      NamedSet set = SetCatalogue.standard().named(name);
      PrintWriter out = spec.commandLine().getOut();
      SetCards.card(set).forEach(out::println);
      SetCards.rows(set, parent.looked(), rows).forEach(out::println);
      out.flush();
      return 0;
    }
  }
}
