package org.soft4j.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Seeds;
import org.soft4j.error.UserError;
import org.soft4j.lm.Cancellation;
import org.soft4j.lm.LanguageModel;
import org.soft4j.soft.Measurement;
import org.soft4j.soft.RoundEvaluation;

/**
 * Measures every task at every number of shots after every round: the same items and the same
 * demonstrations each time, so that rounds can be compared item by item. The demonstrations at
 * fewer shots are the first of those at more.
 */
public final class TaskEvaluation implements RoundEvaluation {
  private final List<Task> tasks;
  private final EvaluationSettings settings;
  private final List<Demonstration> pool;
  private final ContextForm form;
  private final EvaluationListener listener;

  /**
   * Prepares the measurement.
   *
   * @param tasks what is run
   * @param settings how
   * @param pool demonstrations are drawn from it; a UserError if it holds fewer than the shots
   * @param form how contexts are written, such as {@code template::context}
   * @param listener hears of every chunk
   */
  public TaskEvaluation(
      List<Task> tasks,
      EvaluationSettings settings,
      List<Demonstration> pool,
      ContextForm form,
      EvaluationListener listener) {
    this.tasks = List.copyOf(tasks);
    this.settings = settings;
    this.pool = List.copyOf(pool);
    this.form = form;
    this.listener = listener;
    int most = settings.shots().stream().mapToInt(k -> k).max().orElse(0);
    if (most > pool.size()) {
      throw new UserError(
          "The evaluation wants " + most + " demonstrations, and the pool has " + pool.size() + ".",
          "Give a larger pool, or fewer shots.");
    }
  }

  @Override
  public List<Measurement> evaluate(
      LanguageModel model, int round, Path folder, Cancellation cancel) {
    List<Measurement> rows = new ArrayList<>();
    for (Task task : tasks) {
      for (int shots : settings.shots()) {
        TaskRunner runner =
            new TaskRunner(
                task, shots, item -> draw(task, item, shots), settings.itemsPerChunk(), listener);
        rows.addAll(Measurements.of(task.card(), round, shots, runner.run(model, folder, cancel)));
      }
    }
    return rows;
  }

  private Shots draw(Task task, TaskItem item, int shots) {
    Object stream = settings.perItem() ? task.name() + "/" + item.id() : "shared";
    var random = Seeds.random(settings.seed(), "shots", stream);
    return new Shots(Seeds.sample(pool, shots, random), form);
  }
}
