package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.soft4j.core.UserError;
import org.soft4j.run.Preset;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;
import org.soft4j.soft.Assignment;
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
      "Presets: micro (embedded model, about a minute, no network) and smollm2 (a real 135M model; "
          + "fetch it first with `soft4j models fetch smollm2-135m-instruct`)."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;

  @Parameters(
      arity = "0..1",
      paramLabel = "PRESET",
      description = "micro or smollm2; not needed with --config or --resume --out.")
  private Optional<String> preset = Optional.empty();

  @Option(names = "--method", paramLabel = "M", description = "soft, soft+ or single.")
  private Optional<String> method = Optional.empty();

  @Option(names = "--rounds", paramLabel = "T", description = "Number of rounds.")
  private Optional<String> rounds = Optional.empty();

  @Option(
      names = "--prompts",
      paramLabel = "F",
      description = "Prompts to label: JSON Lines or CSV.")
  private Optional<Path> prompts = Optional.empty();

  @Option(
      names = "--pool",
      paramLabel = "P",
      description = "ICL pool: JSON Lines, CSV, or an embedded name.")
  private Optional<String> pool = Optional.empty();

  @Option(
      names = "--tasks",
      paramLabel = "NAMES",
      description = "Benchmarks to measure after each round, with commas between them.")
  private Optional<String> tasks = Optional.empty();

  @Option(
      names = "--shots",
      split = ",",
      paramLabel = "K",
      description =
          "Numbers of demonstrations that benchmarks are measured with (default: the preset's).")
  private List<Integer> shots = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many items of each benchmark; 0 for all.")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "Option of a benchmark, such as vicuna.max_new_tokens=64; may be repeated.")
  private Map<String, String> options = Map.of();

  @Mixin private SettingOptions changes;
  @Mixin private RunModelOptions model;
  @Mixin private PipelineJudgeOptions judge;
  @Mixin private CostOptions cost;

  @Option(
      names = "--eval-device",
      paramLabel = "D",
      description = "Measure every round's model there: cpu or gpu:N (default: the run's device).")
  private Optional<String> evaluationDevice = Optional.empty();

  @Option(
      names = "--overlong",
      paramLabel = "P",
      description =
          "Benchmarks' texts beyond the model's window: auto (as each task has it), cut (prompts"
              + " lose their beginning) or refuse (default: auto).")
  private Optional<String> overlong = Optional.empty();

  @Option(
      names = "--drop-reasoning",
      description =
          "Take marked reasoning out of written answers before they are scored or judged.")
  private boolean dropReasoning;

  @Option(names = "--out", paramLabel = "DIR", description = "Run folder (default: runs/PRESET).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      description = "Go on with the run in --out, or the newest one of the preset.")
  private boolean resume;

  @Option(
      names = "--allow-changes",
      description = "Resume although settings, data or machine differ; the change is recorded.")
  private boolean allowChanges;

  @Override
  public Integer call() {
    Path folder = folder();
    SoftSession session = session(folder);
    PrintWriter err = spec.commandLine().getErr();
    if (resume && !recorded(folder)) {
      err.printf("There is no run in %s yet; one begins.%n", folder);
    }
    try (Interrupt interrupt = new Interrupt(System.err)) {
      SoftSession.RunOptions options =
          new SoftSession.RunOptions(
              root.opener(),
              root.progress(),
              err::println,
              interrupt,
              cost.gate(),
              resume,
              allowChanges);
      try {
        print(session.run(folder, options));
        return 0;
      } catch (CancellationException stopped) {
        throw Stopped.told(err, "go on with: ./soft4j run --resume --out " + folder, stopped);
      }
    }
  }

  private void print(SessionResult result) {
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(result.scores());
    screen.println(
        "Points of a hundred ± standard error; a gap under two standard errors is noise.");
    screen.println(result.result().reason());
    screen.println("report: " + result.report());
    screen.flush();
  }

  private Path folder() {
    Path base = Path.of("runs", preset.orElse("run"));
    if (!resume) {
      return out.orElseGet(() -> SoftSession.freeFolder(base));
    }
    return out.or(() -> SoftSession.newestFolder(base))
        .orElseThrow(
            () ->
                new UserError(
                    "There is no run to resume under %s.".formatted(base),
                    "Name its folder with --out."));
  }

  private SoftSession session(Path folder) {
    SoftSession session = beginning(folder);
    if (changes.config().isPresent() && preset.isPresent()) {
      session = session.config(changes.config().get());
    }
    for (Assignment set : changes.assignments(SoftSession.keys())) {
      session = session.set(set.key(), set.value(), SettingOptions.ORIGIN);
    }
    session = given(session, "method", method);
    session = given(session, "rounds", rounds);
    if (prompts.isPresent()) {
      session = session.prompts(prompts.get());
    }
    if (pool.isPresent()) {
      session = session.pool(pool.get());
    }
    if (tasks.isPresent()) {
      session = session.tasks(List.of(tasks.get().split(",")));
    }
    if (limit.isPresent()) {
      session = session.limit(limit.get());
    }
    if (!shots.isEmpty()) {
      session = session.shots(shots);
    }
    session = session.options(options);
    session = session.judge(judge.over(session.plan().measuring().judge()));
    session = given(session, "eval.device", evaluationDevice);
    session = given(session, "eval.overlong", overlong);
    session =
        given(
            session, "eval.drop_reasoning", dropReasoning ? Optional.of("true") : Optional.empty());
    session = session.model(model.over(session.plan().model()));
    return resume && recorded(folder) ? session : session.command(command());
  }

  private SoftSession beginning(Path folder) {
    if (resume && recorded(folder)) {
      return SoftSession.like(folder.resolve("run.json"));
    }
    if (preset.isPresent()) {
      return SoftSession.preset(preset.get());
    }
    if (resume && changes.config().isEmpty()) {
      throw new UserError(
          "There is no run in %s to go on with.".formatted(folder),
          "Check --out, or name the preset too: then the run begins where there is none.");
    }
    return SoftSession.like(
        changes
            .config()
            .orElseThrow(
                () ->
                    new UserError(
                        "No preset is given.",
                        "Type ./soft4j run with one of: %s."
                            .formatted(String.join(", ", Preset.NAMES)))));
  }

  private static boolean recorded(Path folder) {
    return java.nio.file.Files.isRegularFile(folder.resolve("run.json"));
  }

  private static SoftSession given(SoftSession session, String key, Optional<String> value) {
    return value.isPresent() ? session.set(key, value.get(), SettingOptions.ORIGIN) : session;
  }

  /** The command as typed; the folder and --resume are left out, so that it can be typed again. */
  private String command() {
    StringBuilder text = new StringBuilder("./soft4j");
    boolean skip = false;
    for (String word : spec.root().commandLine().getParseResult().originalArgs()) {
      boolean folder = word.equals("--out");
      if (!skip && !folder && !word.startsWith("--out=") && !word.equals("--resume")) {
        text.append(' ').append(quoted(word));
      }
      skip = folder;
    }
    return text.toString();
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
