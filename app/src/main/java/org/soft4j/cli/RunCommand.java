package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.console.Terminal;
import org.soft4j.core.FolderKind;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.Settings;
import org.soft4j.track.Followed;
import org.soft4j.track.LivePage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run SOFT over rounds: label, train, measure, report.",
    footer = {
      "",
      "Presets: micro (embedded model, about a minute, no network); small (a larger model and world;"
          + " `soft4j micro pretrain --size small` makes the model, in an hour); smollm2 (a real 135M model; "
          + "fetch it first with `soft4j models fetch smollm2-135m-instruct`); tinyllama-1.1b,"
          + " llama2-7b and qwen2.5-7b (real reproductions; --plan tells what they take, before"
          + " their weights are here)."
    })
final class RunCommand implements Callable<Integer>, Resumable {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Parameters(
      arity = "0..1",
      paramLabel = "PRESET",
      description = "One of those below; optional with --config or with --resume --out.")
  private Optional<String> preset = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "Settings from a run.json.")
  private Optional<Path> config = Optional.empty();

  @Mixin private SettingOptions changes;
  @Mixin private TrackOption track;

  @Option(
      names = "--live",
      description = "Write live.html in the run's folder, which shows in a browser how far it is.")
  private boolean live;

  @Option(names = "--out", paramLabel = "DIR", description = "Run folder (default: runs/PRESET).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      description = "Continue the run in --out, or the preset's newest one.")
  private boolean resume;

  // A folder that no one had taken is another one afterwards.
  private Optional<Path> used = Optional.empty();
  private List<String> cost = List.of();

  @Option(
      names = "--allow-changes",
      description = "Resume even if settings, data or machine differ; the change is recorded.")
  private boolean allowChanges;

  @Option(
      names = "--plan",
      description = "Tell what would be done and how long it may take, and do nothing.")
  private boolean planned;

  @Override
  public Integer call() throws Exception {
    if (planned) {
      return plan();
    }
    Path base = Path.of("runs", preset.orElse("run"));
    if (resume || out.isPresent()) {
      Path folder = out.or(() -> SoftSession.newestFolder(base)).orElseThrow(() -> none(base));
      return locks.folder(folder, FolderKind.RUN, () -> run(folder));
    }
    try (RunFolder free = SoftSession.openFree(base)) {
      return run(free.root());
    }
  }

  private int plan() {
    Path base = Path.of("runs", preset.orElse("run"));
    Path folder =
        out.orElseGet(
            () ->
                resume
                    ? SoftSession.newestFolder(base).orElseThrow(() -> none(base))
                    : SoftSession.freeFolder(base));
    SoftSession session = session(folder);
    PrintWriter screen = spec.commandLine().getOut();
    session.outline(SoftSession.RunOptions.of(root.opener())).text().forEach(screen::println);
    screen.println("Nothing was done; without --plan it is, in " + folder + ".");
    screen.flush();
    return 0;
  }

  private static UserError none(Path base) {
    return new UserError(
        "There is no run to resume under %s.".formatted(base), "Name its folder with --out.");
  }

  private int run(Path folder) {
    SoftSession session = session(folder);
    PrintWriter err = spec.commandLine().getErr();
    if (resume && !recorded(folder)) {
      err.printf("There is no run in %s yet; one begins.%n", folder);
    }
    String typed = TypedCommand.of(spec).text();
    Followed followed = Followed.of(folder, typed, live, track.targets(), root.progress());
    if (live) {
      err.println("live page: " + folder.resolve(LivePage.FILE));
    }
    SoftSession.RunOptions options =
        new SoftSession.RunOptions(
            root.opener(session.plan().values()),
            followed.progress(),
            followed.notes(err::println),
            root.interrupt(),
            root.gate(session.plan().values()),
            resume,
            allowChanges,
            true);
    used = Optional.of(folder);
    cost = SettingOptions.words(session.plan().settings(), "cost.");
    print(
        followed.during(() -> session.run(folder, options), SessionResult::report),
        session.plan().values());
    return 0;
  }

  @Override
  public String kept() {
    return used.map(folder -> "what is finished is kept in " + folder).orElse("nothing was begun");
  }

  /** The folder knows its settings, but not what a judge may cost. */
  @Override
  public String goesOn(String typed) {
    return used.filter(RunCommand::recorded)
        .map(
            folder ->
                new TypedCommand(List.of("run", "--resume", "--out", folder.toString()))
                    .and(cost.toArray(String[]::new))
                    .and(track.words())
                    .and(live ? new String[] {"--live"} : new String[0])
                    .text())
        .orElse(typed);
  }

  private void print(SessionResult result, Settings settings) {
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(
        Terminal.ofOutput().stream()
            .mapToObj(result::scores)
            .findFirst()
            .orElseGet(result::scores));
    screen.println("Points of a hundred ± standard error; the report says which gaps are noise.");
    screen.println(result.result().reason());
    result.result().evidence().ifPresent(evidence -> evidence.lines().forEach(screen::println));
    screen.println("report: " + result.report());
    screen.println(NextSteps.kept(settings, result.result()));
    NextSteps.ofRun(settings, result.result()).print(screen);
  }

  /** What the command line asks for. */
  SettingOptions changes() {
    return changes;
  }

  private SoftSession session(Path folder) {
    SoftSession session = beginning(folder);
    if (config.isPresent() && preset.isPresent()) {
      session = session.config(config.get());
    }
    session = session.with(changes.over(session.plan().settings()));
    return resume && recorded(folder) ? session : session.command(command());
  }

  private SoftSession beginning(Path folder) {
    if (resume && recorded(folder)) {
      return SoftSession.like(folder.resolve("run.json"));
    }
    if (preset.isPresent()) {
      return SoftSession.preset(preset.get());
    }
    if (resume && config.isEmpty()) {
      throw new UserError(
          "There is no run in %s to go on with.".formatted(folder),
          "Check --out, or name the preset too: then the run begins where there is none.");
    }
    return SoftSession.like(
        config.orElseThrow(
            () ->
                new UserError(
                    "No preset is given.",
                    "Type ./soft4j run with one of: %s."
                        .formatted(String.join(", ", Settings.PRESETS)))));
  }

  private static boolean recorded(Path folder) {
    return java.nio.file.Files.isRegularFile(folder.resolve("run.json"));
  }

  /** The command as typed; what does not change the run is left out. */
  private String command() {
    return TypedCommand.of(spec)
        .withoutValueOf("--out")
        .withoutValueOf("--track")
        .without("--resume")
        .without("--live")
        .text();
  }
}
