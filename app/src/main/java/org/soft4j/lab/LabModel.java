package org.soft4j.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.AppendLog;
import org.soft4j.core.ChunkedStage;
import org.soft4j.core.DrawSeed;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.Task;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.outside.OutsideTraining;
import org.soft4j.settings.DataSettings;
import org.soft4j.soft.CutExamples;
import org.soft4j.soft.Label;
import org.soft4j.soft.LabelFilters;
import org.soft4j.soft.Labeller;
import org.soft4j.soft.RunTables;
import org.soft4j.soft.SoftSettings;
import org.soft4j.soft.TrainingOptions;
import tech.tablesaw.api.Table;

/** A state of the lab's model: the base model, or the model after some rounds of training. */
public final class LabModel {
  private final Lab lab;
  private final String name;
  private final int round;
  private final Optional<Path> trained;
  private final List<TrainingStep> steps;

  LabModel(Lab lab, String name, int round, Optional<Path> trained, List<TrainingStep> steps) {
    this.lab = lab;
    this.name = name;
    this.round = round;
    this.trained = trained;
    this.steps = List.copyOf(steps);
  }

  /** As tables and figures show it, such as {@code base} or {@code round 1}. */
  public String name() {
    return name;
  }

  /** Rounds of training behind it; 0 for the base model. */
  public int round() {
    return round;
  }

  /** The same model under another name. */
  public LabModel named(String other) {
    return new LabModel(lab, other, round, trained, steps);
  }

  /** The same weights with the settings of another lab on the same model. */
  public LabModel in(Lab other) {
    if (other.shared() != lab.shared()) {
      throw new UserError(
          "%s belongs to another open model.".formatted(name),
          "Use a lab made from its own by set(…), seed(…) or with(…).");
    }
    return new LabModel(other, name, round, trained, steps);
  }

  /**
   * Labels prompts as the next round of a run does: demonstrations of their own from the pool, a
   * response drawn under them.
   *
   * @param prompts a table with the column prompt, and id and type where it has them
   * @return round, prompt_id, type, prompt, demonstrations, response, tokens, finish, perplexity,
   *     entropy, and dropped: why a label is not learned, empty where it is
   */
  public Table label(Table prompts) {
    LabelFilters filters = new LabelFilters(lab.settings().filters(), lab.inputs().pool());
    return LabTables.labels(round + 1, written(lab, prompts, "labelling"), filters);
  }

  /**
   * Answers prompts without demonstrations, taking the likeliest token each time.
   *
   * @return model, type, prompt, response
   */
  public Table answer(Table prompts) {
    Lab bare = lab.set("demonstrations.shots", 0).set("labelling.temperature", 0);
    return LabTables.answers(name, written(bare, prompts, "answering"));
  }

  /** Answers one prompt without demonstrations. */
  public String answer(String prompt) {
    Table one = RunTables.prompts(List.of(new Prompt("prompt", "", prompt)));
    return answer(one).stringColumn("response").get(0);
  }

  private List<Label> written(Lab under, Table prompts, String what) {
    List<Prompt> asked = RunTables.toPrompts(prompts);
    Labeller labeller = under.labeller();
    int chunk = under.settings().labelling().chunk();
    return lab.shared()
        .begun()
        .in(
            List.of(
                what, trained, labeller, under.settings().demonstrations(), round, chunk, asked),
            folder -> written(folder, labeller, asked, chunk, what));
  }

  private List<Label> written(
      Path path, Labeller labeller, List<Prompt> asked, int chunk, String what) {
    int next = round + 1;
    return lab.shared()
        .work(
            trained,
            (model, progress, notes, cancel) -> {
              try (RunFolder folder = RunFolder.open(path);
                  Progress.Step step = progress.start(what, asked.size(), "prompts")) {
                ChunkedStage<Prompt, Label> chunks =
                    new ChunkedStage<>(folder, "labels.chunks", Label.class, chunk);
                step.already(chunks.finished(asked.size()));
                List<Label> labels =
                    chunks.run(
                        asked,
                        model.chunksAtOnce(),
                        (parts, sink) -> labeller.label(model, parts, next, next, sink, cancel),
                        step::advance);
                chunks.clear();
                return labels;
              }
            });
  }

  /**
   * Learns labels as one round of a run does, from this model on and without demonstrations.
   *
   * @param labels a table with the columns prompt and response; rows with a reason in the column
   *     dropped are left out
   * @return the trained model; this one stays as it is
   */
  public LabModel train(Table labels) {
    SoftSettings settings = lab.settings();
    TrainingOptions options = settings.training();
    List<TrainingExample> examples = LabTables.examples(labels, lab.inputs().template());
    long seed = DrawSeed.of(settings.seed(), "train", round + 1, "");
    TrainingSettings how =
        options.settings(options.epochs(), seed).withShuffle(!settings.sortedWithinRounds());
    return lab.shared()
        .begun()
        .in(List.of("training", trained, examples, how), folder -> learned(folder, examples, how));
  }

  private LabModel learned(Path folder, List<TrainingExample> examples, TrainingSettings how) {
    TrainingOptions options = lab.settings().training();
    boolean full = options.method() == TrainingOptions.Trained.FULL;
    Path result = folder.resolve(full ? "model" : "adapter");
    Path log = folder.resolve("training.jsonl");
    long batches = -Math.floorDiv(-examples.size(), options.batchSize());
    AppendLog steps = AppendLog.open(log);
    lab.shared()
        .work(
            trained,
            (model, progress, notes, cancel) -> {
              if (options.outside().isPresent()) {
                notes.accept(
                    new OutsideTraining(options.outside().get(), folder.resolve("training.log"))
                        .train(
                            model,
                            examples,
                            new TrainingOutput(result, folder.resolve("checkpoint")),
                            notes,
                            cancel)
                        .text());
                return result;
              }
              CutExamples cut = CutExamples.of(model, examples, how);
              if (cut.any()) {
                notes.accept(cut.text());
              }
              try (Progress.Step step =
                  progress.start("training", options.epochs() * batches, "steps")) {
                step.already(steps.found().size());
                model.train(
                    examples,
                    how,
                    new TrainingOutput(result, folder.resolve("checkpoint")),
                    (index, done) -> {
                      steps.add(Json.line(done));
                      step.advance(1);
                    },
                    cancel);
              }
              return result;
            });
    return new LabModel(
        lab,
        "round " + (round + 1),
        round + 1,
        Optional.of(result),
        Json.readLines(log, TrainingStep.class));
  }

  /** The steps of its training: step, epoch, loss, learned_tokens, learning_rate, gradient_norm. */
  public Table training() {
    return LabTables.training(steps);
  }

  /** Folder of its adapter (PEFT's layout) or weights; empty for the base. Gone with the lab. */
  public Optional<Path> folder() {
    return trained;
  }

  /** Measures the lab's benchmarks at the numbers of demonstrations that its preset names. */
  public Evaluation evaluate() {
    DataSettings data = lab.session().plan().values().data();
    return Evaluation.of(lab, this, lab.session().benchmarks(), data.shots(), data.shotsOf());
  }

  /** Measures the lab's benchmarks at these numbers of demonstrations. */
  public Evaluation evaluate(List<Integer> shots) {
    return evaluate(lab.session().benchmarks(), shots);
  }

  /** Measures benchmarks of one's own, which a cell may have made. */
  public Evaluation evaluate(List<Task> tasks, List<Integer> shots) {
    return Evaluation.of(lab, this, tasks, shots, Map.of());
  }

  @Override
  public String toString() {
    return "model " + name + " of " + lab;
  }
}
