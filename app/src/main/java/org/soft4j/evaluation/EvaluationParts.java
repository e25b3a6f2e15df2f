package org.soft4j.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.run.RunData;

/**
 * What an evaluation is made of: its tasks, and the words in which they are put. The same plan
 * makes the same requests, which is how files of the reference tools are written later.
 *
 * @param plan what was decided
 * @param known tasks that the plan may name, besides those of its places
 */
record EvaluationParts(EvaluationPlan plan, Tasks known) {
  private static final int SCORES_PER_CHUNK = 512;
  private static final int TEXTS_PER_CHUNK = 16;

  /** The tasks with all of their items. */
  List<Task> whole() {
    return plan.places().open(known, plan.tasks());
  }

  /** As many items of each as are asked. */
  List<Task> limited(List<Task> whole) {
    return whole.stream().map(task -> task.limited(plan.limit())).toList();
  }

  /**
   * The measurement.
   *
   * @param chat the model's chat format, where it has one
   */
  TaskEvaluation evaluation(List<Task> tasks, Optional<ChatFormat> chat) {
    EvaluationSettings how =
        new EvaluationSettings(
            plan.shots(),
            Map.of(),
            false,
            SCORES_PER_CHUNK,
            TEXTS_PER_CHUNK,
            plan.seed(),
            plan.answers());
    ContextForm plain = ContextForm.plain(tasks);
    ContextForm turns = plan.chat() ? chat(chat) : plain;
    return new TaskEvaluation(
        tasks, how, pool(), task -> chats(task) ? turns : plain, (done, items) -> {});
  }

  private List<Demonstration> pool() {
    boolean needed = plan.shots().stream().anyMatch(k -> k > 0);
    return needed ? RunData.pool(plan.pool(), new MicroWorld(1), plan.seed()) : List.of();
  }

  /** An endpoint's chat template is not known here, so texts that it only scores go without. */
  private boolean chats(Task task) {
    return !endpoint() || writes(task);
  }

  private ContextForm chat(Optional<ChatFormat> format) {
    return format
        .map(ContextForm::chat)
        .orElseThrow(
            () ->
                new UserError(
                    "%s has no chat template.".formatted(plan.model().model()),
                    "Leave --apply-chat-template out."));
  }

  /** Whether the model runs elsewhere. */
  boolean endpoint() {
    return Endpoint.isAddress(plan.model().model());
  }

  /** Whether a task asks for texts, rather than how likely texts are. */
  static boolean writes(Task task) {
    return asked(task).anyMatch(TaskRequest.Writing.class::isInstance);
  }

  /** How the tasks let tokens be drawn, each way once. */
  static List<Sampling> samplings(List<Task> tasks) {
    return tasks.stream()
        .flatMap(EvaluationParts::asked)
        .filter(TaskRequest.Writing.class::isInstance)
        .map(request -> ((TaskRequest.Writing) request).request().sampling())
        .distinct()
        .toList();
  }

  /** What a task asks first. */
  private static Stream<TaskRequest> asked(Task task) {
    Shots none = new Shots(List.of(), ContextForm.of(ContextTemplate.DIALOGUE));
    return task.items().stream().limit(1).flatMap(item -> item.requests(none).stream());
  }
}
