package org.soft4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.scripted.ScriptedModel;
import org.soft4j.soft.LabelFilters;

/**
 * Opens scripted models that write down, stage by stage of a run, how they were opened and what
 * they were asked. Which stage asks is read from the stack.
 */
final class WatchedModels implements ModelOpener {
  /** Classes by whose presence on the stack a stage is known, the innermost first. */
  private static final Map<String, String> STAGES =
      Map.of(
          "DifficultyStage", "difficulty",
          "LabelStage", "label",
          "TrainStage", "train",
          "TaskEvaluation", "measure",
          "MeasureStage", "validate",
          "LocalJudge", "judge",
          "TextJobs", "texts",
          "Stages", "stage");

  private final Map<String, List<String>> asked = new TreeMap<>();
  private final Path home;

  /** Folders below home are cut from what is written down, since every run has its own. */
  WatchedModels(Path home) {
    this.home = home;
  }

  /** What each stage asked, with the model it asked. */
  Map<String, List<String>> asked() {
    return asked;
  }

  @Override
  public OpenedModel open(ModelChoice choice) {
    ScriptedModel model = new ScriptedModel(this::write, WatchedModels::score);
    choice.adapter().ifPresent(model::useAdapter);
    if (Files.isDirectory(Path.of(choice.model()))) {
      model.useModel(Path.of(choice.model()));
    }
    return new OpenedModel(
        new Watched(model, choice),
        Optional.of(said -> said.get(said.size() - 1).content() + "\n"));
  }

  private void note(ModelChoice choice, String what) {
    String stage =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .map(frame -> frame.getClassName().replaceAll(".*\\.|\\$.*", ""))
                        .filter(STAGES::containsKey)
                        .map(STAGES::get)
                        .findFirst())
            .orElseThrow();
    String text = (choice + " " + what).replace(home.toString(), "");
    asked.computeIfAbsent(stage, s -> new ArrayList<>()).add(text);
  }

  /** Labels of every kind that {@link LabelFilters} tells apart, most of them fit to be learned. */
  private Generation write(int trainings, GenerationRequest request) {
    String context = request.context();
    if (!context.contains("<q>")) {
      return ScriptedModel.says(
          "[{'model': 'model_1', 'rank': 1}, {'model': 'm'}] [[A]] [[7]]", 0.5);
    }
    String prompt = between(context, context.lastIndexOf("<q> ") + 4, " <a>");
    String text =
        switch ((int) Math.floorMod(request.seed(), 16L)) {
          case 0 -> "";
          case 1 -> "a b c d a b c d a b c d";
          case 2 -> prompt;
          case 3 -> between(context, Math.max(0, context.indexOf("<a> ")) + 4, " <e>");
          case 4 -> "...";
          case 5 -> "yes";
          default -> "it is " + Math.floorMod(request.seed(), 1000) + " after " + trainings;
        };
    Generation said = ScriptedModel.says(text, 0.5 + 0.4 / (1 + Math.floorMod(request.seed(), 97)));
    return Math.floorMod(request.seed(), 16L) != 6
        ? said
        : new Generation(
            text,
            said.tokens(),
            Generation.Finish.LENGTH,
            said.logProbabilities(),
            said.entropies());
  }

  private static String between(String text, int from, String end) {
    int to = text.indexOf(end, from);
    return to < 0 ? text.substring(from) : text.substring(from, to);
  }

  private static Score score(int trainings, ScoreRequest request) {
    double spread = Math.floorMod(request.toString().hashCode(), 100) / 1000.0;
    return ScriptedModel.scores(request, 0.3 + 0.1 * trainings + spread);
  }

  /** Writes down what a model is asked. */
  private final class Watched implements TrainableModel {
    private final ScriptedModel model;
    private final ModelChoice choice;

    Watched(ScriptedModel model, ModelChoice choice) {
      this.model = model;
      this.choice = choice;
    }

    @Override
    public ModelIdentity identity() {
      return model.identity();
    }

    @Override
    public void generate(
        List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
      if (!requests.isEmpty()) {
        note(choice, "writes " + requests);
      }
      model.generate(requests, sink, cancel);
    }

    @Override
    public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
      if (!requests.isEmpty()) {
        note(choice, "scores " + requests);
      }
      model.score(requests, sink, cancel);
    }

    @Override
    public void train(
        List<TrainingExample> examples,
        TrainingSettings settings,
        TrainingOutput output,
        Sink<TrainingStep> steps,
        Cancellation cancel) {
      note(choice, "after " + model.trainings() + " learns " + settings + " " + examples);
      model.train(examples, settings, output, steps, cancel);
    }

    @Override
    public void useAdapter(Path adapter) {
      model.useAdapter(adapter);
    }

    @Override
    public void useModel(Path folder) {
      model.useModel(folder);
    }

    @Override
    public void useBase() {
      model.useBase();
    }

    @Override
    public void close() {}
  }
}
