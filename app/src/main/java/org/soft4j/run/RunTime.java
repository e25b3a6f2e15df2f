package org.soft4j.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.settings.PresetModel;

/**
 * How long a run would take at most, in seconds.
 *
 * @param labelling all labels, and difficulties
 * @param training all rounds
 * @param base the base model's measurements
 * @param measuring those of all rounds besides
 */
public record RunTime(double labelling, double training, double base, double measuring) {
  /** All of it. */
  public double seconds() {
    return labelling + training + base + measuring;
  }

  /**
   * The time of several runs; each model is opened once and asked a few texts. Where the weights of
   * a preset are not here, it is worked out on paper.
   */
  public static List<RunTime> of(List<SoftSession> sessions, ModelOpener opener) {
    Map<ModelChoice, ModelRates> rates = new HashMap<>();
    List<RunTime> times = new ArrayList<>();
    for (SoftSession session : sessions) {
      times.add(of(session.plan(), opener, rates));
    }
    return List.copyOf(times);
  }

  private static RunTime of(RunPlan plan, ModelOpener opener, Map<ModelChoice, ModelRates> rates) {
    RunData data = new RunData(plan);
    var absent = SessionRun.absent(plan);
    if (absent.isPresent()) {
      PresetModel model = absent.get();
      RunWork work = work(plan, data.template(PromptFacts.of(model.name(), Optional.empty())));
      return of(plan, work, new ModelEstimate(model, plan.values().soft())::seconds);
    }
    ModelChoice choice = plan.values().model().choice();
    RunWork work = work(plan, data.template());
    if (!rates.containsKey(choice)) {
      opener.require(choice);
      try (OpenedModel opened = opener.open(choice)) {
        rates.put(choice, ModelRates.measure(opened.model(), work.examples()));
      }
    }
    return of(plan, work, rates.get(choice)::seconds);
  }

  private static RunWork work(RunPlan plan, ChosenTemplate chosen) {
    RunData data = new RunData(plan);
    List<Task> tasks = data.tasks();
    return new RunWork(
        plan,
        data.inputs(tasks, chosen.template()),
        data.evaluation(tasks, chosen.template(), TaskEvaluation.Listener.SILENT));
  }

  private static RunTime of(RunPlan plan, RunWork work, ToDoubleFunction<RunWork.Amount> seconds) {
    double measuring = seconds.applyAsDouble(work.measuring());
    double once = measuring / (1 + plan.values().soft().effectiveRounds());
    return new RunTime(
        seconds.applyAsDouble(work.labelling()),
        seconds.applyAsDouble(work.training()),
        once,
        measuring - once);
  }
}
