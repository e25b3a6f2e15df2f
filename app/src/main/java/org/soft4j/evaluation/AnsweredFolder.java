package org.soft4j.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.UserError;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.Tasks;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.lm.remote.Conversation;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.run.RunData;
import org.soft4j.run.RunPlan;

/**
 * One model's samples with what was asked for them. Samples keep answers alone; the questions are
 * made again from the record beside them, and must have the digests that the samples carry.
 *
 * @param name of the model, as it was named
 * @param model its identity
 * @param whole the tasks with all items of their sets
 * @param tasks what was answered of them
 * @param limit at most so many items of each task; 0 for all
 * @param seed of the draws of demonstrations
 * @param chatTemplate where everything was written in the model's chat format, and it is known
 */
public record AnsweredFolder(
    String name,
    ModelIdentity model,
    List<Task> whole,
    List<AnsweredTask> tasks,
    int limit,
    long seed,
    Optional<String> chatTemplate) {
  private static final Pattern ROUND = Pattern.compile("round-(\\d+)");
  private static final String RUN = "run.json";
  private static final String SAMPLES = "eval";

  /**
   * Opens the folder of an evaluation, of a run's round, or of a run.
   *
   * @param round of a run; its last measured one where it is not given
   * @throws UserError if the folder is none of these, or the benchmark's files have changed since
   */
  public static AnsweredFolder open(Path folder, OptionalInt round) {
    Path whole = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(whole)) {
      throw new UserError(
          "There is no folder %s.".formatted(folder),
          "Name the folder of an evaluation (eval --out) or of a run (runs/NAME).");
    }
    if (Files.exists(whole.resolve(EvaluationJob.RECORD))) {
      refuse(round, folder);
      return evaluated(whole);
    }
    if (Files.exists(whole.resolve(RUN))) {
      return measured(whole, round.orElseGet(() -> last(folder)));
    }
    Path above = whole.endsWith(SAMPLES) ? whole.getParent() : whole;
    Matcher name = ROUND.matcher(String.valueOf(above.getFileName()));
    if (name.matches() && Files.exists(above.resolveSibling(RUN))) {
      refuse(round, folder);
      return measured(above.getParent(), Integer.parseInt(name.group(1)));
    }
    throw new UserError(
        "%s holds neither eval.json nor run.json.".formatted(folder),
        "Name the folder of an evaluation (eval --out) or of a run (runs/NAME).");
  }

  private static void refuse(OptionalInt round, Path folder) {
    if (round.isPresent()) {
      throw new UserError(
          "%s is no run, so it has no round %s.".formatted(folder, round.getAsInt()),
          "Leave --round out.");
    }
  }

  private static AnsweredFolder evaluated(Path folder) {
    EvaluationPlan plan = EvaluationPlan.recorded(folder.resolve(EvaluationJob.RECORD));
    EvaluationParts parts = new EvaluationParts(plan, Tasks.standard());
    List<Task> whole = parts.whole();
    ModelIdentity model = TaskEvaluation.model(folder);
    boolean local = plan.chat() && !plan.remote();
    TaskEvaluation evaluation = evaluation(parts, whole);
    return new AnsweredFolder(
        plan.remote()
            ? model.name()
            : plan.model().adapter().map(Path::toString).orElse(plan.model().model()),
        model,
        whole,
        evaluation.answered(model, folder),
        plan.values().data().limit(),
        plan.values().soft().seed(),
        local ? LocalOpening.chatTemplate(plan.model()) : Optional.empty());
  }

  private static TaskEvaluation evaluation(EvaluationParts parts, List<Task> whole) {
    EvaluationPlan plan = parts.plan();
    List<Task> tasks = parts.limited(whole);
    if (!plan.remote() && (plan.chat() || !plan.ownTemplate())) {
      return LocalOpening.promptFacts(plan.model(), facts -> parts.evaluation(tasks, facts));
    }
    Optional<ChatFormat> chat = plan.chat() ? Optional.of(Conversation.FORMAT) : Optional.empty();
    return parts.evaluation(tasks, PromptFacts.of(plan.model().model(), chat));
  }

  private static AnsweredFolder measured(Path run, int round) {
    Path folder = run.resolve("round-" + round).resolve(SAMPLES);
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "%s has no measured round %s.".formatted(run, round),
          "Its last one is %s.".formatted(last(run)));
    }
    RunPlan plan = RunPlan.recorded(run.resolve(RUN));
    RunData data = new RunData(plan);
    List<Task> whole = data.wholeTasks();
    ModelIdentity model = TaskEvaluation.model(folder);
    TaskEvaluation evaluation =
        data.evaluation(data.tasks(), data.template().template(), (done, items) -> {});
    return new AnsweredFolder(
        "%s/round-%s".formatted(run.getFileName(), round),
        model,
        whole,
        evaluation.answered(model, folder),
        plan.values().data().limit(),
        plan.values().soft().seed(),
        Optional.empty());
  }

  private static int last(Path run) {
    int round = -1;
    while (Files.isDirectory(run.resolve("round-" + (round + 1)).resolve(SAMPLES))) {
      round++;
    }
    if (round < 0) {
      throw new UserError(
          "%s holds no measured round.".formatted(run), "Let the run measure one first.");
    }
    return round;
  }
}
