package org.soft4j.evaluation;

import java.util.List;
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
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.run.RunData;
import org.soft4j.settings.DataSettings;
import org.soft4j.settings.Settings;

/**
 * What an evaluation is made of: its tasks, and the words in which they are put. The same plan
 * makes the same requests, which is how files of the reference tools are written later.
 *
 * @param plan what was decided
 * @param known tasks that the plan may name, besides those of its places
 */
record EvaluationParts(EvaluationPlan plan, Tasks known) {
  private DataSettings data() {
    return plan.values().data();
  }

  /** The tasks with all of their items. */
  List<Task> whole() {
    return data().places().open(known, data().tasks());
  }

  /** As many items of each as are asked. */
  List<Task> limited(List<Task> whole) {
    return whole.stream().map(task -> task.limited(data().limit())).toList();
  }

  /**
   * The measurement.
   *
   * @param chat the model's chat format, where it has one
   */
  TaskEvaluation evaluation(List<Task> tasks, Optional<ChatFormat> chat) {
    Settings values = plan.values();
    EvaluationSettings how =
        values.eval().at(data().shots(), data().shotsOf(), values.soft().seed());
    ContextForm plain = ContextForm.plain(tasks);
    ContextForm turns = plan.chat() ? chat(chat) : plain;
    return new TaskEvaluation(
        tasks, how, pool(), task -> chats(task) ? turns : plain, (done, items) -> {});
  }

  private List<Demonstration> pool() {
    boolean needed =
        Stream.concat(Stream.of(data().shots()), data().shotsOf().values().stream())
            .anyMatch(shots -> shots.stream().anyMatch(k -> k > 0));
    return needed
        ? RunData.pool(data().pool(), new MicroWorld(1), plan.values().soft().seed())
        : List.of();
  }

  /** An endpoint's chat template is not known here, so texts that it only scores go without. */
  private boolean chats(Task task) {
    return !plan.remote() || writes(task);
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
