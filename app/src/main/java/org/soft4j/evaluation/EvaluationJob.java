package org.soft4j.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.Provenance;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.CaveatTally;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.OverlongPolicy;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskFiles;
import org.soft4j.eval.TaskGroup;
import org.soft4j.eval.Tasks;
import org.soft4j.lm.Computation;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.LanguageModel.PositionCount;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.remote.RemoteModel;
import org.soft4j.soft.RunFiles;

/**
 * Evaluates one model: a folder with eval.json (what was asked of whom), metrics.csv and the
 * samples of every task. A killed evaluation resumes and ends with the same bytes.
 */
public final class EvaluationJob {
  static final String RECORD = "eval.json";
  private static final String CAVEATS = "caveats";
  private static final String COMPUTATION = "computation";
  private static final String KERNELS = "other_kernels";
  private static final String GROUPS = "groups";

  private static final String NOTES = "notes";
  private static final String RULES = "rules";
  private static final String METRICS = "metrics.csv";

  private final EvaluationPlan plan;
  private final EvaluationParts parts;
  private final ModelOpener opener;
  private final Progress progress;
  private final Cancellation cancel;

  /** A job that is not begun yet, over the benchmarks on the class path. */
  public EvaluationJob(
      EvaluationPlan plan, ModelOpener opener, Progress progress, Cancellation cancel) {
    this(plan, Tasks.standard(), opener, progress, cancel);
  }

  /**
   * A job that is not begun yet.
   *
   * @param known tasks that the plan may name besides those of its places, such as {@code
   *     Tasks.standard().with(mine)}
   */
  public EvaluationJob(
      EvaluationPlan plan,
      Tasks known,
      ModelOpener opener,
      Progress progress,
      Cancellation cancel) {
    this.plan = plan;
    parts = new EvaluationParts(plan, known);
    this.opener = opener;
    this.progress = progress;
    this.cancel = cancel;
  }

  /**
   * What an evaluation came to.
   *
   * @param tasks as they were run
   * @param measurements one per task, number of shots and metric
   * @param caveats how many items have answers that are not plain
   * @param positions what the prefix tree spared, where the model counts it
   * @param effort seconds and memory
   */
  public record Result(
      List<Task> tasks,
      List<Measurement> measurements,
      CaveatTally caveats,
      Optional<PositionCount> positions,
      EvaluationEffort effort) {}

  /**
   * Evaluates into a folder.
   *
   * @param resume whether the folder may hold an unfinished evaluation of the same model and
   *     settings
   */
  public Result run(Path folder, boolean resume) {
    refuseCutElsewhere();
    requireModel();
    try (RunFolder target = RunFolder.open(folder, FolderKind.EVALUATION)) {
      return run(target, resume);
    }
  }

  private Result run(RunFolder target, boolean resume) {
    Path folder = target.root();
    List<Task> tasks = parts.limited(parts.whole());
    EvaluationEffort.Clock clock = new EvaluationEffort.Clock();
    try (OpenedModel opened = opener.open(plan.model())) {
      clock.opened();
      TaskEvaluation evaluation = parts.evaluation(tasks, opened.promptFacts());
      progress.say(parts.template(tasks, opened.promptFacts()));
      List<Task> noted = noted(evaluation.tasks(), opened);
      String asked = record(opened, noted, rules(folder), !withoutNotes(folder));
      // Nothing is written before all that could be wrong has been looked at.
      refuseAnother(folder, asked, resume);
      String record = computed(folder, asked, opened.model());
      if (!recorded(folder)) {
        probe(tasks, opened);
      }
      target.write(RECORD, record);
      TaskFiles.write(folder, noted);
      evaluation.keepPrompts(folder);
      List<Measurement> rows = measure(evaluation, tasks, opened, folder);
      target.write(METRICS, RunFiles.metrics(rows));
      CaveatTally caveats = CaveatTally.read(folder);
      target.write(RECORD, told(record, caveats, TaskGroup.untold(noted, rows)));
      EvaluationEffort effort = clock.stop();
      effort.append(target, items(tasks));
      return new Result(noted, rows, caveats, opened.model().positions(), effort);
    }
  }

  /** The tasks, of which those that let texts be written say what the model's files ask besides. */
  private List<Task> noted(List<Task> tasks, OpenedModel opened) {
    Optional<String> caution = LocalOpening.caution(opened, plan.model());
    return tasks.stream()
        .map(t -> caution.isPresent() && EvaluationParts.writes(t) ? t.noting(caution.get()) : t)
        .toList();
  }

  /** Whether a folder holds an evaluation, finished or not. */
  public static boolean recorded(Path folder) {
    return Files.exists(folder.resolve(RECORD));
  }

  /** Refuses a model that is not there, before the benchmarks are opened. */
  void requireModel() {
    opener.require(plan.model());
  }

  /** The benchmarks that the plan names, opened. */
  List<Task> tasks() {
    return parts.limited(parts.whole());
  }

  /** What is evaluated. */
  EvaluationPlan plan() {
    return plan;
  }

  private List<Measurement> measure(
      TaskEvaluation evaluation, List<Task> tasks, OpenedModel opened, Path folder) {
    int all = items(tasks);
    try (Progress.Step step = progress.start("measuring", all, "items")) {
      Progress.Reached reached = new Progress.Reached(step);
      return evaluation
          .with((done, items) -> reached.at(done))
          .evaluate(opened.model(), 0, folder, cancel);
    }
  }

  private int items(List<Task> tasks) {
    return tasks.stream()
        .mapToInt(task -> plan.shots(task.name()).size() * task.items().size())
        .sum();
  }

  /** Prompts are cut by tokens, and a server's are not known here. */
  private void refuseCutElsewhere() {
    if (plan.remote() && plan.values().eval().overlong() == OverlongPolicy.CUT) {
      throw new UserError(
          "--overlong cut is for models that run here; %s is an endpoint, which takes whole texts."
              .formatted(plan.model().model()),
          "Use --overlong auto (texts that the server refuses as too long are counted and told) or"
              + " refuse.");
    }
  }

  /** An endpoint that cannot score is refused before it is asked anything else. */
  private void probe(List<Task> tasks, OpenedModel opened) {
    List<String> scored =
        tasks.stream().filter(task -> !EvaluationParts.writes(task)).map(Task::name).toList();
    if (!plan.remote() || scored.isEmpty()) {
      return;
    }
    try {
      opened.model().score(List.of(new ScoreRequest("The sky is", " blue.")));
    } catch (UserError refused) {
      throw new UserError(
          "Log-probabilities are needed for %s. %s"
              .formatted(String.join(", ", scored), refused.getMessage()),
          refused.remedy() + " Tasks whose answers are written need none.",
          refused);
    }
  }

  /** By which rules a folder's samples are made; to a finished one nothing is added. */
  private static int rules(Path folder) {
    return Files.exists(folder.resolve(METRICS)) ? recordedRules(folder) : Provenance.RULES;
  }

  /** A finished folder's samples were read as its version did, whose notes it did not keep. */
  private static boolean withoutNotes(Path folder) {
    return recorded(folder)
        && Files.exists(folder.resolve(METRICS))
        && !Json.read(WholeFile.read(folder.resolve(RECORD)), ObjectNode.class, RECORD).has(NOTES);
  }

  private static int recordedRules(Path folder) {
    return recorded(folder)
        ? Json.read(WholeFile.read(folder.resolve(RECORD)), ObjectNode.class, RECORD)
            .path(RULES)
            .asInt(1)
        : Provenance.RULES;
  }

  private String record(OpenedModel opened, List<Task> tasks, int rules, boolean noting) {
    Map<String, Object> record = new LinkedHashMap<>();
    // Folders of earlier versions have no such entry, and keep their bytes.
    if (rules > 1) {
      record.put(RULES, rules);
    }
    record.put("settings", plan.settings());
    record.put("model", opened.model().identity());
    if (opened.model() instanceof RemoteModel remote) {
      record.put("endpoint", endpoint(remote, tasks));
    }
    record.put("versions", Provenance.versions());
    Map<String, List<String>> notes = new LinkedHashMap<>();
    tasks.stream()
        .filter(task -> !task.card().deviations().isEmpty())
        .forEach(task -> notes.put(task.name(), task.card().deviations()));
    if (noting && !notes.isEmpty()) {
      record.put(NOTES, notes);
    }
    return Json.pretty(record);
  }

  /**
   * Adds which code computes; where an evaluation is gone on with by other kernels, they are told
   * and added to what began it. A folder of an earlier version does not say, and stays so.
   */
  private String computed(Path folder, String record, LanguageModel model) {
    Optional<Computation> now = model.computation();
    ObjectNode told = Json.read(record, ObjectNode.class, RECORD);
    if (!recorded(folder)) {
      now.ifPresent(c -> told.set(COMPUTATION, Json.mapper().valueToTree(c)));
      return Json.pretty(told);
    }
    ObjectNode there = Json.read(WholeFile.read(folder.resolve(RECORD)), ObjectNode.class, RECORD);
    if (!there.has(COMPUTATION)) {
      return record;
    }
    told.set(COMPUTATION, there.get(COMPUTATION));
    if (there.has(KERNELS)) {
      told.set(KERNELS, there.get(KERNELS));
    }
    List<String> others =
        now.isEmpty() || Files.exists(folder.resolve(METRICS))
            ? List.of()
            : Computation.Kernels.differences(there.get(COMPUTATION), now.get());
    if (!others.isEmpty()) {
      progress.say(
          "gone on with by other kernels than began it (%s): scores before and after agree within"
                  .formatted(String.join("; ", others))
              + " rounding, not to the last digit");
      others.forEach(told.withArray(KERNELS)::add);
    }
    return Json.pretty(told);
  }

  /** What answers were like is added once they have come, where they were not all plain. */
  private static String told(String record, CaveatTally caveats, List<String> groups) {
    if (caveats.rows().isEmpty() && groups.isEmpty()) {
      return record;
    }
    ObjectNode told = Json.read(record, ObjectNode.class, RECORD);
    if (!caveats.rows().isEmpty()) {
      told.set(CAVEATS, Json.mapper().valueToTree(caveats.byTask()));
    }
    groups.forEach(told.withArray(GROUPS)::add);
    return Json.pretty(told);
  }

  /** Folders of earlier versions have no notes of how rows and examples were read. */
  private static boolean same(String recorded, String record) {
    ObjectNode there = Json.read(recorded, ObjectNode.class, RECORD);
    ObjectNode asked = Json.read(record, ObjectNode.class, RECORD);
    there.remove(List.of(CAVEATS, GROUPS, COMPUTATION, KERNELS));
    if (!there.has(NOTES)) {
      asked.remove(NOTES);
    }
    return there.equals(asked);
  }

  /** Which kind of server it is, and what requests for texts say about how tokens are drawn. */
  private static Map<String, Object> endpoint(RemoteModel remote, List<Task> tasks) {
    Map<String, Object> endpoint = new LinkedHashMap<>();
    endpoint.put("server", remote.server());
    endpoint.put(
        "sampling_sent", EvaluationParts.samplings(tasks).stream().map(remote::sent).toList());
    return endpoint;
  }

  private static void refuseAnother(Path folder, String record, boolean resume) {
    if (!recorded(folder)) {
      return;
    }
    if (!resume) {
      throw new UserError(
          "%s holds an evaluation already.".formatted(folder),
          "Go on with it by --resume, or choose another folder with --out.");
    }
    int rules = recordedRules(folder);
    if (rules != rules(folder)) {
      throw new UserError(
          "%s was begun by another version of soft4j, whose scores and ends of answers follow other"
                  .formatted(folder)
              + " rules (%s, and %s now): its numbers would be of both."
                  .formatted(rules, Provenance.RULES),
          "Evaluate into another folder with --out, or go on with the version that began it.");
    }
    if (!same(WholeFile.read(folder.resolve(RECORD)), record)) {
      throw new UserError(
          "%s holds an evaluation of another model or with other settings.".formatted(folder),
          "Give the command that began it, or choose another folder with --out.");
    }
  }
}
