package org.soft4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.FolderKind;
import org.soft4j.core.UserError;
import org.soft4j.report.FolderRemoval;
import org.soft4j.report.KeptFolder;
import org.soft4j.table.TextTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Find runs, evaluations and studies on the disk, show and remove them.",
    subcommands = {RunsCommand.Listing.class, RunsCommand.Show.class, RunsCommand.Remove.class})
final class RunsCommand implements Callable<Integer> {
  private static final int COLUMNS = 79;
  private static final int NAMES = 12;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    line.usage(line.getOut(), CommandLine.Help.Ansi.OFF);
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All runs, evaluations and studies below a folder.")
  static final class Listing implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
        arity = "0..1",
        paramLabel = "DIR",
        defaultValue = "runs",
        description = "Folder to look below (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Override
    public Integer call() {
      PrintWriter screen = spec.commandLine().getOut();
      List<KeptFolder> found = KeptFolder.below(folder);
      found.forEach(kept -> lines(kept).forEach(screen::println));
      screen.println(
          found.isEmpty()
              ? "There is no run, evaluation or study below %s.".formatted(folder)
              : "%s in all; ./soft4j runs show DIR tells more of one.".formatted(found.size()));
      screen.flush();
      return 0;
    }

    private static List<String> lines(KeptFolder kept) {
      List<String> lines = new ArrayList<>();
      lines.add(kept.path().toString());
      String what =
          Stream.of(
                  "%s, %s, %s, %s"
                      .formatted(date(kept), word(kept.kind()), kept.state(), size(kept.bytes())),
                  kept.model() + ", " + kept.method(),
                  kept.keptRound().isPresent()
                      ? "round %s kept".formatted(kept.keptRound().getAsInt())
                      : "",
                  kept.result())
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining("; "));
      TextTable.wrapped(what, COLUMNS - 4).forEach(line -> lines.add("    " + line));
      return lines;
    }
  }

  /** All that is told of one, by name. */
  private static Map<String, String> facts(KeptFolder kept) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("folder", kept.path().toString());
    facts.put("kind", word(kept.kind()));
    facts.put("date", date(kept));
    facts.put("state", kept.state());
    facts.put("model", kept.model());
    facts.put(kept.kind() == FolderKind.EVALUATION ? "tasks" : "method", kept.method());
    kept.keptRound()
        .ifPresent(round -> facts.put("kept", round == 0 ? "the base" : "round " + round));
    kept.trained().ifPresent(trained -> facts.put("trained", trained.toString()));
    facts.put("result", kept.result());
    if (kept.kind() == FolderKind.RUN) {
      facts.put("set", set(kept.record().path("origins"), kept.record().path("settings")));
      facts.put("command", kept.record().path("sources").path("command").asText());
    }
    facts.put("size", size(kept.bytes()));
    facts.values().removeIf(String::isEmpty);
    return facts;
  }

  /** Settings that somebody chose, besides the preset. */
  private static String set(JsonNode origins, JsonNode settings) {
    return origins.properties().stream()
        .filter(origin -> !origin.getValue().asText().matches("default|preset .*"))
        .map(origin -> origin.getKey() + "=" + value(settings, origin.getKey()))
        .collect(Collectors.joining(" "));
  }

  private static String value(JsonNode settings, String key) {
    JsonNode value = settings.at("/" + key.replace('.', '/'));
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String date(KeptFolder kept) {
    return DATE.format(kept.date().atZone(ZoneId.systemDefault()));
  }

  private static String word(FolderKind kind) {
    return kind.toString().toLowerCase(Locale.ROOT);
  }

  private static String size(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%,.1f MiB", bytes / 1024.0 / 1024.0);
  }

  private static KeptFolder kept(Path folder) {
    return KeptFolder.of(folder)
        .orElseThrow(
            () ->
                new UserError(
                    "%s is no run, no evaluation and no study.".formatted(folder),
                    "./soft4j runs list DIR shows what there is below a folder."));
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "All about one of them.")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A folder that runs list shows.")
    private Path folder;

    @Override
    public Integer call() {
      PrintWriter screen = spec.commandLine().getOut();
      KeptFolder kept = kept(folder);
      facts(kept)
          .forEach(
              (name, text) -> {
                String first = name;
                for (String line : TextTable.wrapped(text, COLUMNS - NAMES)) {
                  screen.println(first + " ".repeat(NAMES - first.length()) + line);
                  first = "";
                }
              });
      next(kept).ifPresent(command -> screen.println("next        " + command));
      screen.flush();
      return 0;
    }

    private static Optional<String> next(KeptFolder kept) {
      String path = kept.path().toString();
      if (kept.kind() == FolderKind.RUN && !kept.finished()) {
        return Optional.of(new TypedCommand(List.of("run", "--resume", "--out", path)).text());
      }
      return kept.kind() == FolderKind.STUDY
          ? Optional.empty()
          : Optional.of(new TypedCommand(List.of("report", path)).text());
    }
  }

  @Command(
      name = "rm",
      mixinStandardHelpOptions = true,
      description = "Remove runs, evaluations and studies with all their files.",
      footer = {
        "",
        "Nothing is removed where a folder is in use, is a link, or holds files that soft4j did"
            + " not write. A link inside is removed, never what it leads to."
      })
  static final class Remove implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders that runs list shows.")
    private List<Path> folders;

    @Option(names = "--yes", description = "Remove without asking.")
    private boolean yes;

    @Override
    public Integer call() {
      List<KeptFolder> all = folders.stream().map(RunsCommand::kept).toList();
      // All are looked at before the first is removed.
      all.forEach(kept -> new FolderRemoval(kept).check());
      PrintWriter screen = spec.commandLine().getOut();
      for (KeptFolder kept : all) {
        String what =
            "%s (%s, %s, %s)"
                .formatted(kept.path(), word(kept.kind()), kept.state(), size(kept.bytes()));
        if (agreed(what)) {
          new FolderRemoval(kept).remove();
          screen.println("removed: " + what);
        } else {
          screen.println("kept: " + what);
        }
      }
      screen.flush();
      return 0;
    }

    private boolean agreed(String what) {
      if (yes) {
        return true;
      }
      Console console = System.console();
      if (console == null) {
        throw new UserError(
            "Nobody is there to be asked whether %s may be removed.".formatted(what),
            "Add --yes to remove it without asking.");
      }
      String answer = console.readLine("Remove %s? [y/N] ", what);
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
  }
}
