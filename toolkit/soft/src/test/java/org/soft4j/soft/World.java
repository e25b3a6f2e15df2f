package org.soft4j.soft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Resolved;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Measurement;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.scripted.AtOnceModel;
import org.soft4j.lm.scripted.ScriptedModel;

/** A small world for the tests of whole runs: numbered prompts, a model that answers by script. */
final class World {
  private World() {}

  static IclPool pool() {
    List<Demonstration> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(new Demonstration("d" + i, "", "say " + i, "of course , " + i + " ."));
    }
    return IclPool.of(rows);
  }

  static SoftInputs inputs(int prompts) {
    List<Prompt> rows = new ArrayList<>();
    for (int i = 0; i < prompts; i++) {
      rows.add(new Prompt("p" + i, i % 2 == 0 ? "even" : "odd", "tell " + i + " now"));
    }
    List<Demonstration> validation = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      validation.add(new Demonstration("v" + i, "", "hold " + i, "answer " + i));
    }
    return new SoftInputs(
        rows, pool(), ContextTemplate.MICRO, validation, List.of("a text nobody asks"), Map.of());
  }

  static Resolved<SoftSettings> settings() {
    return Resolved.defaults(SoftSettings.DEFAULT)
        .with(
            Map.of(
                "demonstrations.shots", "2",
                "training.batch_size", "3",
                "training.epochs", "1",
                "training.checkpoint_every", "2",
                "validation.chunk", "2"),
            "test");
  }

  /** A model that grows with each training, up to the training at which it collapses. */
  static ScriptedModel model(int collapse) {
    return new ScriptedModel(
        (trainings, request) -> write(trainings >= collapse, trainings, request),
        (trainings, request) -> score(trainings >= collapse, trainings, request));
  }

  private static Generation write(boolean collapsed, int trainings, GenerationRequest request) {
    if (collapsed) {
      return ScriptedModel.says("the", 0.99);
    }
    // The prompt's number stands before the last " now": the higher, the less likely the response.
    String context = request.context();
    int end = context.lastIndexOf(" now");
    int number = Integer.parseInt(context.substring(context.lastIndexOf(' ', end - 1) + 1, end));
    String text = "it is " + number + " after " + trainings + " with " + request.seed();
    return ScriptedModel.says(text, 0.9 - 0.02 * number);
  }

  private static Score score(boolean collapsed, int trainings, ScoreRequest request) {
    return ScriptedModel.scores(request, collapsed ? 0.1 : 0.3 + 0.08 * trainings);
  }

  /** Tells how often the model was trained. */
  static List<Measurement> evaluation(
      LanguageModel model, int round, Path folder, Cancellation cancel) {
    cancel.check();
    LanguageModel inside = model instanceof AtOnceModel several ? several.model() : model;
    int trainings = ((ScriptedModel) inside).trainings();
    return List.of(
        new Measurement(round, "growth", 0, "trainings", trainings, Double.NaN, 1, Double.NaN));
  }
}
