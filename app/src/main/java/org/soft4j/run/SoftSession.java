package org.soft4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FolderKind;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.Progress;
import org.soft4j.core.Resolved;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.eval.Task;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.settings.JudgeSettings;
import org.soft4j.settings.ModelSettings;
import org.soft4j.settings.Settings;
import org.soft4j.soft.Labeller;
import org.soft4j.soft.Method;
import org.soft4j.soft.SoftInputs;

/**
 * A whole run in a few words: {@code SoftSession.micro().rounds(2).seed(1).run(Path.of("runs/a"))}.
 *
 * <p>A value: every method returns another session and leaves this one as it is.
 */
public final class SoftSession {
  private static final String CODE = "code";

  private final RunPlan plan;

  private SoftSession(RunPlan plan) {
    this.plan = plan;
  }

  /** The preset with the embedded model and its micro world. */
  public static SoftSession micro() {
    return preset("micro");
  }

  /** The preset with SmolLM2-135M-Instruct; needs the fetched model, and prompts. */
  public static SoftSession smollm2() {
    return preset("smollm2");
  }

  /** A preset by name; an unknown one is a UserError. */
  public static SoftSession preset(String name) {
    return new SoftSession(RunPlan.of(name));
  }

  /**
   * A session like a run that was recorded.
   *
   * @param runJson its run.json
   */
  public static SoftSession like(Path runJson) {
    return new SoftSession(RunPlan.recorded(runJson));
  }

  /** Takes over the settings of a run.json, or of a JSON file of settings alone. */
  public SoftSession config(Path file) {
    return with(plan.with(plan.settings().withConfig(WholeFile.read(file), file.toString())));
  }

  /** Another method. */
  public SoftSession method(Method method) {
    return set("method", method.toString());
  }

  /** Another number of rounds. */
  public SoftSession rounds(int rounds) {
    return set("rounds", String.valueOf(rounds));
  }

  /** Another seed of everything drawn at random. */
  public SoftSession seed(long seed) {
    return set("seed", String.valueOf(seed));
  }

  /** Sets an option by its dotted key, such as {@code training.rank}. */
  public SoftSession set(String key, String value) {
    return set(key, value, CODE);
  }

  /**
   * Sets an option and says where the value came from.
   *
   * @param origin as run.json shall record it
   */
  public SoftSession set(String key, String value, String origin) {
    return set(Map.of(key, value), same -> origin);
  }

  private SoftSession set(Map<String, String> values, UnaryOperator<String> origin) {
    return with(Settings.asked(plan.settings(), values, origin));
  }

  /** The same with settings that were resolved over its own. */
  public SoftSession with(Resolved<Settings> settings) {
    return with(plan.with(settings));
  }

  /** Another model: a folder, a GGUF file, a fetched or embedded name. */
  public SoftSession model(String model) {
    return set("model.name", model);
  }

  /** The model with its device, number format and threads. */
  public SoftSession model(ModelChoice model) {
    boolean same = model.model().equals(plan.values().model().name());
    return (same ? this : model(model.model())).part("model", ModelSettings.of(model));
  }

  /**
   * How prompts are written: {@code auto} (the model's own way), {@code chat} (its chat template),
   * a built-in template's name, or a template's file.
   */
  public SoftSession template(String nameOrFile) {
    return set("data.template", nameOrFile);
  }

  /** Prompts from a file. */
  public SoftSession prompts(Path file) {
    return set("data.prompts", file.toString());
  }

  /** The ICL pool from a file, or an embedded one by name. */
  public SoftSession pool(String pool) {
    return set("data.pool", pool);
  }

  /** Prompts with responses that decide which round is kept: JSON Lines, CSV or Parquet. */
  public SoftSession validation(Path file) {
    return set("data.validation", file.toString());
  }

  /** Other benchmarks, by name; none at all is allowed. */
  public SoftSession tasks(List<String> names) {
    return set("data.tasks", String.join(",", names));
  }

  /** Options of benchmarks, such as {@code vicuna.max_new_tokens}, besides the preset's. */
  public SoftSession options(Map<String, String> options) {
    Map<String, String> values = new LinkedHashMap<>();
    options.forEach((name, value) -> values.put("data.options." + name, value));
    return set(values, key -> CODE);
  }

  /** A judge that grades the answers of every round, the base model's too. */
  public SoftSession judge(JudgeSettings judge) {
    return part("judge", judge);
  }

  /** Measures every round's model on this device: {@code cpu} or {@code gpu:N}. */
  public SoftSession evaluationDevice(String device) {
    return set("eval.device", device);
  }

  /** At most this many items of each benchmark, evenly spaced; 0 for all. */
  public SoftSession limit(int items) {
    return set("data.limit", String.valueOf(items));
  }

  /**
   * Benchmarks at other numbers of demonstrations.
   *
   * @param shots such as 0 for zero-shot alone; none, or one below 0, is a UserError
   */
  public SoftSession shots(List<Integer> shots) {
    return set("data.shots", shots.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** The command that makes this run, for run.json and the report. */
  public SoftSession command(String command) {
    return with(plan.withCommand(command));
  }

  /** What has been decided so far. */
  public RunPlan plan() {
    return plan;
  }

  /** What the run reads: prompts, ICL pool, template, validation pairs. */
  public SoftInputs inputs() {
    return inputs(new RunData(plan).template().template());
  }

  /** The same under a template that is known already. */
  public SoftInputs inputs(PromptTemplate template) {
    RunData data = new RunData(plan);
    return data.inputs(data.tasks(), template);
  }

  /** The template that is asked for, or else the model's own. */
  public ChosenTemplate template(PromptFacts model) {
    return new RunData(plan).template(model);
  }

  /** The benchmarks of the run, opened. */
  public List<Task> benchmarks() {
    return new RunData(plan).tasks();
  }

  /** The micro world that prompts and pool come from; empty where they come from elsewhere. */
  public Optional<MicroWorld> world() {
    RunData data = new RunData(plan);
    return data.micro() ? Optional.of(data.world()) : Optional.empty();
  }

  /** Writes labels as the run does: the same demonstrations, sampling and seed. */
  public Labeller labeller() {
    SoftInputs inputs = inputs();
    return Labeller.of(inputs.pool(), inputs.template(), plan.values().soft());
  }

  /** Opens the base model in this process; the caller closes it. */
  public OpenedModel open() {
    return LocalOpening.open(plan.values().model().choice());
  }

  /** Runs without a word into a new folder. */
  public SessionResult run(Path folder) {
    return run(folder, RunOptions.of(LocalOpening.OPENER));
  }

  /**
   * Runs into a new folder.
   *
   * @param notes hears of what is worth a line, such as how many labels a round has
   */
  public SessionResult run(Path folder, Consumer<String> notes) {
    RunOptions silent = RunOptions.of(LocalOpening.OPENER);
    return run(
        folder,
        new RunOptions(
            silent.opener(),
            silent.progress(),
            notes,
            silent.cancel(),
            silent.gate(),
            false,
            false));
  }

  /** Runs into a folder, or goes on with the run in it where the options say so. */
  public SessionResult run(Path folder, RunOptions options) {
    return new SessionRun(plan, options).execute(folder);
  }

  /**
   * What the run will do, without doing it: the model is opened and asked a few texts, to tell the
   * time that all will take.
   */
  public RunOutline outline(RunOptions options) {
    return new SessionRun(plan, options).outline();
  }

  private SoftSession part(String name, Record values) {
    return with(plan.settings().withPart(name, values, CODE));
  }

  private static SoftSession with(RunPlan plan) {
    return new SoftSession(plan);
  }

  /** A folder name that is not taken: base, base-2, base-3 and so on. */
  public static Path freeFolder(Path base) {
    Path candidate = base;
    for (int n = 2; Files.exists(candidate); n++) {
      candidate = base.resolveSibling(base.getFileName() + "-" + n);
    }
    return candidate;
  }

  /** Opens the first such folder that no other run has, begun at this moment or before. */
  public static RunFolder openFree(Path base) {
    while (true) {
      Path folder = freeFolder(base);
      try {
        return RunFolder.open(folder, FolderKind.RUN);
      } catch (UserError refused) {
        if (ProcessLock.writer(folder).isEmpty()) {
          throw refused;
        }
      }
    }
  }

  /** The newest folder that {@link #freeFolder} has given out for a base and that was used. */
  public static Optional<Path> newestFolder(Path base) {
    List<Path> taken = new ArrayList<>();
    Path candidate = base;
    for (int n = 2; Files.exists(candidate); n++) {
      taken.add(candidate);
      candidate = base.resolveSibling(base.getFileName() + "-" + n);
    }
    return taken.isEmpty() ? Optional.empty() : Optional.of(taken.get(taken.size() - 1));
  }

  /**
   * How a run is carried out, as far as it does not change its results.
   *
   * @param opener opens the model
   * @param progress hears of the stages
   * @param notes hears of what is worth a line
   * @param cancel ends the run so that it can be resumed
   * @param gate lets a judge's calls begin that may cost money
   * @param resume whether the folder may hold an unfinished run
   * @param allowChanges whether a resumed run may differ from what was recorded
   * @param outlined whether the notes begin with what the run will do
   */
  public record RunOptions(
      ModelOpener opener,
      Progress progress,
      Consumer<String> notes,
      Cancellation cancel,
      CostGate gate,
      boolean resume,
      boolean allowChanges,
      boolean outlined) {
    /** A run that begins without a word. */
    public RunOptions(
        ModelOpener opener,
        Progress progress,
        Consumer<String> notes,
        Cancellation cancel,
        CostGate gate,
        boolean resume,
        boolean allowChanges) {
      this(opener, progress, notes, cancel, gate, resume, allowChanges, false);
    }

    /** Silent, new, not to be cancelled, and nobody could agree to a judge's cost. */
    public static RunOptions of(ModelOpener opener) {
      return new RunOptions(
          opener, Progress.SILENT, line -> {}, Cancellation.NEVER, CostGate.SHUT, false, false);
    }
  }
}
