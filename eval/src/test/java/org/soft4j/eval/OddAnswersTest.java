package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.lm.Score;
import org.soft4j.lm.scripted.ScriptedModel;

/** Answers with reasoning in them, and scores that are none, on their way through an evaluation. */
@Tag("slow")
class OddAnswersTest {
  private static final EvaluationSettings PLAIN =
      new EvaluationSettings(List.of(0), Map.of(), true, 4, 2, 1, AnswerRules.AS_WRITTEN);

  @TempDir private Path folder;

  private static EvaluationSettings dropping() {
    return new EvaluationSettings(
        List.of(0), Map.of(), true, 4, 2, 1, new AnswerRules(OverlongPolicy.AUTO, true));
  }

  private final List<List<String>> stops = new ArrayList<>();

  /** Says 4 to every question, and is asked for it to stop at the first line break. */
  private double right(EvaluationSettings settings, String answer) {
    WritingItem item =
        new WritingItem(
            new Prompt("p", "", "2 + 2?"),
            9,
            List.of("\n"),
            text -> Map.of("right", text.equals("4") ? 1.0 : 0.0));
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> {
              stops.add(request.stopStrings());
              return ScriptedModel.says(answer, 0.5);
            },
            (trainings, request) -> Score.unscored());
    return evaluation(item, "right", settings)
        .evaluate(model, 0, folder, Cancellation.NEVER)
        .get(0)
        .value();
  }

  private static TaskEvaluation evaluation(
      TaskItem item, String metric, EvaluationSettings settings) {
    List<MetricCard> metrics = List.of(new MetricCard(metric, "", 0));
    TaskCard card = new TaskCard("sums", "1", "", "", "", metrics, List.of());
    return new TaskEvaluation(
        List.of(new Task(card, List.of(item))),
        settings,
        List.of(),
        ContextTemplate.PLAIN::context,
        TaskEvaluation.Listener.SILENT);
  }

  private List<String> told() {
    return CaveatTally.read(folder).lines();
  }

  @Test
  void reasoningInAnAnswerIsToldAndCountsAsItCame() {
    assertEquals(0, right(PLAIN, "<think>2 and 2</think>4"));
    assertEquals(List.of("sums, 0-shot: 1 of 1 items: reasoning in the text, kept"), told());
    assertEquals(List.of(List.of("\n")), stops);
  }

  @Test
  void reasoningIsTakenOutWhereThatIsAskedFor() {
    EvaluationSettings dropping = dropping();
    assertEquals(1, right(dropping, "<think>\n2 and 2\n</think>\n\n4\nAnd so on"));
    assertEquals(List.of("sums, 0-shot: 1 of 1 items: reasoning in the text, taken out"), told());
    assertEquals(List.of(List.of()), stops, "a stop would have ended the reasoning");
  }

  @Test
  void anAnswerThatEndsInsideItsReasoningIsTold() {
    assertEquals(0, right(PLAIN, "<think>2 and"));
    assertEquals(
        List.of(
            "sums, 0-shot: 1 of 1 items: reasoning in the text, kept",
            "sums, 0-shot: 1 of 1 items: ended inside its reasoning"),
        told());
  }

  @Test
  void samplesMadeWithReasoningAreNotTakenForSomeWithout() {
    assertEquals(0, right(PLAIN, "<think>2</think>4"));
    assertEquals(1, right(dropping(), "<think>2</think>4"));
  }

  @Test
  void anItemWithoutScoresIsNeitherRightNorWrong() {
    MultipleChoiceItem odd = item("odd");
    MultipleChoiceItem plain = item("plain");
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> ScriptedModel.says("", 0.5),
            (trainings, request) ->
                request.context().contains("odd") && request.continuation().contains("no")
                    ? Score.unscored()
                    : ScriptedModel.scores(
                        request, request.continuation().contains("yes") ? 0.9 : 0.1));
    TaskCard card =
        new TaskCard("sums", "1", "", "", "", List.of(new MetricCard("mc1", "", 0.5)), List.of());
    TaskEvaluation evaluation =
        new TaskEvaluation(
            List.of(new Task(card, List.of(odd, plain))),
            PLAIN,
            List.of(),
            ContextTemplate.PLAIN::context,
            TaskEvaluation.Listener.SILENT);
    Measurement row = evaluation.evaluate(model, 0, folder, Cancellation.NEVER).get(0);
    assertEquals(1, row.items(), "the odd one is left out");
    assertEquals(1, row.value());
    assertEquals(
        List.of(
            "sums, 0-shot: 1 of 2 items: token scores that do not fit the text; left out of the"
                + " scores"),
        told());
    // And the folder can be read again, for exports.
    assertEquals(
        List.of(Map.of(), Map.of("mc1", 1.0)),
        evaluation.answered(model.identity(), folder).get(0).items().stream()
            .map(answered -> answered.sample().metrics())
            .map(metrics -> metrics.isEmpty() ? metrics : Map.of("mc1", metrics.get("mc1")))
            .toList());
  }

  private static MultipleChoiceItem item(String id) {
    return new MultipleChoiceItem(
        Document.of(id, "", "an " + id + " question"),
        (RequestForm) Shots::context,
        List.of("yes", "no"),
        List.of(0),
        List.of(ChoiceScorer.MC1, ChoiceScorer.MC2));
  }
}
