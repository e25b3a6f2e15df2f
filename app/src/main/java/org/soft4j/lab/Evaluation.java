package org.soft4j.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.soft4j.compare.ComparisonTable;
import org.soft4j.compare.RunComparison;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.eval.CaveatTally;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskGroup;
import org.soft4j.plot.Charts;
import org.soft4j.soft.RunTables;
import tech.tablesaw.api.Table;

/**
 * What a model scored.
 *
 * @param model its name
 * @param measurements one per benchmark, number of demonstrations and metric
 * @param folder with the answer to every item; gone with the lab
 */
public record Evaluation(String model, List<Measurement> measurements, Path folder) {
  public Evaluation {
    measurements = List.copyOf(measurements);
  }

  static Evaluation of(
      Lab lab,
      LabModel model,
      List<Task> tasks,
      List<Integer> shots,
      Map<String, List<Integer>> shotsOf) {
    EvaluationSettings how =
        lab.session().plan().values().eval().at(shots, shotsOf, lab.settings().seed());
    TaskEvaluation evaluation =
        new TaskEvaluation(
            tasks,
            how,
            lab.inputs().pool().demonstrations(),
            ContextForm.of(lab.inputs().template()),
            (done, items) -> {});
    List<Object> parts = new ArrayList<>(List.of("measuring", model.folder(), how));
    parts.add(lab.inputs().pool());
    parts.add(lab.inputs().template());
    tasks.forEach(task -> parts.add(task.name() + task.questions()));
    return lab.shared()
        .begun()
        .in(parts, path -> in(path, lab, model, evaluation, items(tasks, how)));
  }

  private static int items(List<Task> tasks, EvaluationSettings how) {
    return tasks.stream().mapToInt(t -> how.shots(t.name()).size() * t.items().size()).sum();
  }

  private static Evaluation in(
      Path path, Lab lab, LabModel model, TaskEvaluation evaluation, int items) {
    // The folder's name is the model's, since a comparison names runs by their folders.
    Path folder = path.resolve(model.name().replaceAll("[^\\w .+-]", "_"));
    List<Measurement> rows =
        lab.shared()
            .work(
                model.folder(),
                (weights, progress, notes, cancel) -> {
                  try (Progress.Step step = progress.start("measuring", items, "items")) {
                    Progress.Reached reached = new Progress.Reached(step);
                    List<Measurement> measured =
                        evaluation
                            .with((done, all) -> reached.at(done))
                            .evaluate(weights, model.round(), folder.resolve("eval"), cancel);
                    CaveatTally.read(folder.resolve("eval")).lines().forEach(notes);
                    TaskGroup.readNotes(folder.resolve("eval")).forEach(notes);
                    return measured;
                  }
                });
    return new Evaluation(model.name(), rows, folder);
  }

  /** benchmark, shots, metric, value, standard_error, items, chance; values as shares of 1. */
  public Table scores() {
    return RunTables.metrics(measurements).removeColumns("round").setName("scores of " + model);
  }

  /**
   * One score.
   *
   * @param score benchmark and metric, such as {@code micro_truth mc2}
   * @param shots number of demonstrations
   * @return a share of 1, unless the metric says otherwise
   */
  public double value(String score, int shots) {
    return measurements.stream()
        .filter(m -> name(m).equals(score) && m.shots() == shots)
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElseThrow(() -> unknown(score + " at " + shots + " demonstrations"));
  }

  /** benchmark, shots, item, chosen, and a column for every metric that an item can have. */
  public Table samples() {
    return SampleTable.of(files());
  }

  /**
   * One score over the number of demonstrations, a line for this model and each other, with error
   * bars of one standard error.
   *
   * @param score benchmark and metric, such as {@code micro_truth mc2}
   */
  public XYChart chart(String score, Evaluation... others) {
    List<Charts.Named> models = new ArrayList<>();
    Stream.concat(Stream.of(this), Stream.of(others))
        .forEach(e -> models.add(new Charts.Named(e.model(), e.of(score))));
    return Charts.overShots(score, models);
  }

  /**
   * The other model against this one, item by item: both means as shares of 1, their difference
   * with a 95 % bootstrap interval, and p (McNemar's exact test where every value is 0 or 1) before
   * and after Holm's correction over the rows.
   */
  public Table compare(Evaluation other) {
    files();
    other.files();
    return ComparisonTable.of(RunComparison.of(List.of(folder, other.folder)));
  }

  private List<Measurement> of(String score) {
    List<Measurement> rows = measurements.stream().filter(m -> name(m).equals(score)).toList();
    if (rows.isEmpty()) {
      throw unknown(score);
    }
    return rows;
  }

  private static String name(Measurement m) {
    return m.benchmark() + " " + m.metric();
  }

  private UserError unknown(String score) {
    return new UserError(
        "There is no score \"%s\" of %s.".formatted(score, model),
        "There are: %s."
            .formatted(
                String.join(
                    ", ", measurements.stream().map(Evaluation::name).distinct().toList())));
  }

  private Path files() {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "The answers of %s are gone, since their lab was closed.".formatted(model),
          "Evaluate it again.");
    }
    return folder.resolve("eval");
  }
}
