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
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.run.ChosenTemplate;
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
    return plan.values().places().open(known, data().tasks());
  }

  /** As many items of each as are asked. */
  List<Task> limited(List<Task> whole) {
    return whole.stream().map(task -> task.limited(data().limit())).toList();
  }

  /**
   * The measurement.
   *
   * @param model how prompts are put to it
   */
  TaskEvaluation evaluation(List<Task> tasks, PromptFacts model) {
    Settings values = plan.values();
    EvaluationSettings how =
        values.eval().at(data().shots(), data().shotsOf(), values.soft().seed());
    ContextForm plain = own(tasks, model);
    ContextForm turns = plan.chat() ? chat(model.chat()) : plain;
    return new TaskEvaluation(
        tasks, how, pool(), task -> chats(task) ? turns : plain, (done, items) -> {});
  }

  /** Without a chat, as benchmarks are usually put, unless a template is asked for. */
  private ContextForm own(List<Task> tasks, PromptFacts model) {
    return plan.ownTemplate()
        ? ContextForm.plain(tasks)
        : ContextForm.of(ChosenTemplate.of(data().template(), model).template());
  }

  /** How prompts that a benchmark does not word itself are written, and why so, in a sentence. */
  String template(List<Task> tasks, PromptFacts model) {
    if (!plan.ownTemplate()) {
      return ChosenTemplate.of(data().template(), model).line();
    }
    if (plan.chat()) {
      return "prompt template: chat, "
          + (plan.remote()
              ? "messages that the server writes in its model's format"
              : "the model's own chat template (--apply-chat-template)");
    }
    return "prompt template: %s, where a benchmark has no words of its own%s"
        .formatted(
            ContextForm.plainTemplate(tasks).name(),
            model.chat().isPresent()
                ? "; the model's chat template is not used without --apply-chat-template"
                : "");
  }

  private List<Demonstration> pool() {
    boolean needed =
        Stream.concat(Stream.of(data().shots()), data().shotsOf().values().stream())
            .anyMatch(shots -> shots.stream().anyMatch(k -> k > 0));
    return needed
        ? RunData.pool(
            data().pool(), MicroWorld.named(plan.values().world()), plan.values().soft().seed())
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
