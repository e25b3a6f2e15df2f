package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;

/** What does not fit into a model's window is told, and treated as the user says. */
class OverlongTest {
  private static final int WINDOW = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"auto, KEEP, no_room", "cut, CUT, context_cut"})
  void promptsAreCutWhereTheUserSaysSoAndCountedEitherWay(
      String option, Overlong asked, String caveat) {
    Windowed model = new Windowed();
    List<Measurement> rows =
        evaluate(model, OverlongPolicy.parse(option), written("short"), written("x".repeat(60)));
    assertEquals(Set.of(asked), Set.copyOf(model.asked));
    assertEquals(2, rows.get(0).items(), "an answer without room is a wrong one");
    assertEquals(
        List.of("mine, 0-shot: 1 of 2 items: " + Caveat.words(caveat)),
        CaveatTally.read(folder).lines());
  }

  @Test
  void refusingEndsTheEvaluationByName() {
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                evaluate(
                    new Windowed(),
                    OverlongPolicy.REFUSE,
                    written("short"),
                    written("x".repeat(60))));
    assertTrue(error.getMessage().contains("does not fit into the model's window"));
    assertTrue(error.remedy().contains("--overlong cut"), error.remedy());
  }

  @Test
  void whatFitsIsNeverRefusedNorTold() {
    evaluate(new Windowed(), OverlongPolicy.REFUSE, written("short"));
    assertEquals(List.of(), CaveatTally.read(folder).lines());
  }

  @Test
  void anotherWordIsRefused() {
    UserError error = assertThrows(UserError.class, () -> OverlongPolicy.parse("skip"));
    assertTrue(error.remedy().contains("cut"), error.remedy());
  }

  // The swallowed choice would have 0 over no token, the best score of all.
  @Test
  void aSwallowedChoiceNeitherWinsNorLoses() {
    List<Measurement> rows =
        evaluate(new Windowed(), OverlongPolicy.AUTO, choice("a", "er"), choice("b", "good"));
    assertEquals(1, rows.get(0).items(), "item a is left out");
    assertEquals(
        List.of("mine, 0-shot: 1 of 2 items: " + Caveat.NO_TOKENS.words()),
        CaveatTally.read(folder).lines());
  }

  private List<Measurement> evaluate(
      LanguageModel model, OverlongPolicy policy, TaskItem... items) {
    List<MetricCard> metrics = List.of(new MetricCard("mc1", "", 0.5));
    TaskCard card = new TaskCard("mine", "1", "", "", "", metrics, List.of());
    return new TaskEvaluation(
            List.of(new Task(card, List.of(items))),
            new EvaluationSettings(
                List.of(0), Map.of(), true, 4, 2, 1, new AnswerRules(policy, false)),
            List.of(),
            ContextTemplate.PLAIN::context,
            TaskEvaluation.Listener.SILENT)
        .evaluate(model, 0, folder, Cancellation.NEVER);
  }

  private static TaskItem written(String prompt) {
    return new WritingItem(
        new Prompt(prompt, "", prompt),
        4,
        List.of(),
        text -> Map.of("mc1", text.isEmpty() ? 0.0 : 1));
  }

  private static TaskItem choice(String id, String wrong) {
    RequestForm form = (shots, question) -> question;
    return new MultipleChoiceItem(
        Document.of(id, "", id),
        form,
        List.of("right", wrong),
        List.of(0),
        List.of(ChoiceScorer.MC1, ChoiceScorer.MC2));
  }

  /** Its tokens are letters; it treats texts as models in this process do. */
  private static final class Windowed implements LanguageModel {
    private final List<Overlong> asked = new ArrayList<>();

    @Override
    public ModelIdentity identity() {
      return new ModelIdentity("windowed", "d", "none", 0, "float32", "cpu", "the only one", 1);
    }

    @Override
    public void generate(
        List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
      for (int i = 0; i < requests.size(); i++) {
        GenerationRequest request = requests.get(i);
        asked.add(request.overlong());
        boolean fits = request.context().length() + request.maxNewTokens() <= WINDOW;
        boolean cut = !fits && request.overlong() == Overlong.CUT;
        double[] none = {};
        sink.accept(
            i,
            fits || cut
                ? new Generation(
                    "yes",
                    0,
                    Generation.Finish.STOP_TOKEN,
                    none,
                    none,
                    cut ? Set.of(Caveat.CONTEXT_CUT) : Set.of())
                : new Generation(
                    "", 0, Generation.Finish.LENGTH, none, none, Set.of(Caveat.NO_ROOM)));
      }
    }

    @Override
    public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
      for (int i = 0; i < requests.size(); i++) {
        double[] one = {-1};
        sink.accept(
            i,
            requests.get(i).continuation().strip().equals("er")
                ? Score.unscored(Caveat.NO_TOKENS)
                : new Score(-1, 1, false, one, new double[1]));
      }
    }

    @Override
    public void close() {}
  }
}
