package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.EvaluationSettings.AnswerRules;

class TaskEvaluationTest {
  private static final List<Demonstration> POOL =
      IntStream.range(0, 8)
          .mapToObj(i -> new Demonstration("d" + i, "qa", "question " + i, "answer " + i))
          .toList();

  @TempDir Path folder;

  @Test
  void mc1TakesTheHighestAndMc2TheShareOfRight() {
    // log-probabilities ln 2, ln 1, ln 5: the third choice wins; right ones have (2 + 1) / 8.
    MultipleChoiceItem item = choice("i", true, true, false);
    Grade grade = item.grade(logs(Math.log(2), 0, Math.log(5)));
    assertEquals(0, grade.metrics().get("mc1"));
    assertEquals(3 / 8.0, grade.metrics().get("mc2"), 1e-12);
    assertEquals("c2", grade.chosen());
  }

  @Test
  void equalChoicesFavourTheBestAnswer() {
    assertEquals(1, choice("i", true, false).grade(logs(-1, -1)).metrics().get("mc1"));
  }

  @Test
  void mc2OfVeryUnlikelyAnswersIsStillANumber() {
    Grade grade = choice("i", true, false).grade(logs(-2000, -2000));
    assertEquals(0.5, grade.metrics().get("mc2"), 1e-12);
  }

  @Test
  void preferenceIsOneHalfForEquals() {
    var item =
        new MultipleChoiceItem(
            Document.of("i", "honest", "q"),
            (RequestForm) Shots::context,
            List.of("a", "b"),
            List.of(0),
            List.of(
                ChoiceScorer.PREFERENCE.named("mean"), ChoiceScorer.PREFERENCE.named("honest")));
    assertEquals(Map.of("mean", 0.5, "honest", 0.5), item.grade(logs(-1, -1)).metrics());
    assertEquals(Map.of("mean", 0.0, "honest", 0.0), item.grade(logs(-2, -1)).metrics());
  }

  @Test
  void measuresEveryTaskAtEveryNumberOfShots() {
    // The first choice is likely when the context is even in length; the rule is of no matter.
    var model = new LikelyModel(request -> request.continuation().equals(" c0") ? -1 : -2);
    var rows = evaluation(5, 0, 1, 3).evaluate(model, 2, folder, Cancellation.NEVER);
    assertEquals(6, rows.size());
    var first = rows.get(0);
    assertEquals(
        List.of(2, "mine", 0, "mc1"),
        List.of(first.round(), first.benchmark(), first.shots(), first.metric()));
    assertEquals(1, first.value());
    assertEquals(0, first.standardError());
    assertEquals(5, first.items());
    assertEquals(0.5, first.chance());
    // exp(-1) / (exp(-1) + exp(-2))
    assertEquals(0.7310585786, rows.get(1).value(), 1e-9);
  }

  @Test
  void fewerShotsAreTheFirstOfMoreAndStayTheSame() {
    var model = new LikelyModel(request -> -1);
    evaluation(5, 0, 1, 3).evaluate(model, 0, folder.resolve("0"), Cancellation.NEVER);
    evaluation(5, 0, 1, 3).evaluate(model, 1, folder.resolve("1"), Cancellation.NEVER);
    var three = SampleFile.read(folder.resolve("0").resolve("mine-3shot.jsonl"));
    var one = SampleFile.read(folder.resolve("0").resolve("mine-1shot.jsonl"));
    assertEquals(three, SampleFile.read(folder.resolve("1").resolve("mine-3shot.jsonl")));
    for (int i = 0; i < 5; i++) {
      assertEquals(3, three.get(i).demonstrations().size());
      assertEquals(one.get(i).demonstrations(), three.get(i).demonstrations().subList(0, 1));
    }
    assertTrue(three.stream().map(ItemSample::demonstrations).distinct().count() > 1);
  }

  @Test
  void aKilledEvaluationResumesToTheSameBytes() throws IOException {
    var undisturbed = new LikelyModel(request -> -request.context().length() / 7.0);
    evaluation(7, 3).evaluate(undisturbed, 0, folder.resolve("a"), Cancellation.NEVER);
    byte[] expected = Files.readAllBytes(folder.resolve("a").resolve("mine-3shot.jsonl"));
    for (int chunks = 0; chunks < 4; chunks++) {
      Path dir = folder.resolve("b" + chunks);
      int allowed = chunks;
      int[] asked = {0};
      var killed = new LikelyModel(request -> -request.context().length() / 7.0);
      // Asked before each chunk and once in it.
      Cancellation kill = () -> asked[0]++ >= 2 * allowed;
      assertThrows(
          CancellationException.class, () -> evaluation(7, 3).evaluate(killed, 0, dir, kill));
      int before = killed.scored;
      evaluation(7, 3).evaluate(killed, 0, dir, Cancellation.NEVER);
      assertEquals(undisturbed.scored, killed.scored, "nothing is computed twice");
      assertEquals(4 * chunks, before);
      assertArrayEquals(expected, Files.readAllBytes(dir.resolve("mine-3shot.jsonl")));
      try (var files = Files.list(dir)) {
        // Whose samples these are, and nothing of what was under way.
        assertEquals(
            Set.of("mine-3shot.jsonl", "model.json"),
            files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
      }
    }
  }

  @Test
  void samplesOfOtherRequestsAreNotReused() {
    var model = new LikelyModel(request -> -1);
    evaluation(4, 0).evaluate(model, 0, folder, Cancellation.NEVER);
    evaluation(4, 0).evaluate(model, 0, folder, Cancellation.NEVER);
    assertEquals(8, model.scored);
    var plain = new EvaluationSettings(List.of(0), Map.of(), true, 4, 2, 1, AnswerRules.AS_WRITTEN);
    new TaskEvaluation(
            List.of(task(4)),
            plain,
            POOL,
            ContextTemplate.PLAIN::context,
            TaskEvaluation.Listener.SILENT)
        .evaluate(model, 0, folder, Cancellation.NEVER);
    assertEquals(16, model.scored);
  }

  @Test
  void aJudgedItemGradesWhatTheModelWrote() {
    var item =
        new WritingItem(
            new Prompt("p", "", "hello"),
            4,
            List.of(),
            text -> Map.of("right", text.endsWith("<a>") ? 1.0 : 0.0));
    var card =
        new TaskCard("judged", "1", "", "", "", List.of(new MetricCard("right", "", 0)), List.of());
    var rows =
        new TaskEvaluation(
                List.of(new Task(card, List.of(item))),
                new EvaluationSettings(List.of(0), Map.of(), true, 4, 2, 1, AnswerRules.AS_WRITTEN),
                POOL,
                ContextTemplate.MICRO::context,
                TaskEvaluation.Listener.SILENT)
            .evaluate(new LikelyModel(r -> 0), 0, folder, Cancellation.NEVER);
    assertEquals(1, rows.get(0).value());
  }

  @Test
  void aLimitTakesTheSameEvenlySpacedItems() {
    var ids = task(10).limited(4).items().stream().map(TaskItem::id).toList();
    assertEquals(List.of("i0", "i2", "i5", "i7"), ids);
  }

  /** A demonstration that asks what the item asks holds its answer. */
  @Test
  void noItemIsItsOwnDemonstration() {
    List<Demonstration> pool = new ArrayList<>(POOL);
    pool.add(new Demonstration("own", "qa", " question of i1\n", "c0"));
    TaskEvaluation evaluation =
        new TaskEvaluation(
            List.of(task(3)),
            new EvaluationSettings(List.of(8), Map.of(), true, 4, 2, 1, AnswerRules.AS_WRITTEN),
            pool,
            ContextTemplate.MICRO::context,
            TaskEvaluation.Listener.SILENT);
    evaluation.evaluate(new LikelyModel(request -> -1), 0, folder, Cancellation.NEVER);
    List<ItemSample> samples = SampleFile.read(folder.resolve("mine-8shot.jsonl"));
    assertEquals(8, samples.get(1).demonstrations().size());
    assertTrue(samples.get(1).demonstrations().stream().noneMatch("own"::equals));
    assertTrue(samples.stream().anyMatch(sample -> sample.demonstrations().contains("own")));
    assertEquals(
        List.of("1 of 3 items stand in the pool of demonstrations; none is its own demonstration"),
        evaluation.tasks().get(0).card().deviations());
    assertEquals(List.of(), evaluation(3, 1).tasks().get(0).card().deviations());
  }

  @Test
  void aPoolSmallerThanTheShotsIsAUserError() {
    assertThrows(UserError.class, () -> evaluation(1, 9));
  }

  @Test
  void anUnknownBenchmarkIsToldWithAGuess() {
    Tasks tasks = Tasks.none().with(task(1));
    assertEquals("mine", tasks.open("mine", TaskOptions.NONE).name());
    var error = assertThrows(UserError.class, () -> tasks.open("mime", TaskOptions.NONE));
    assertTrue(error.getMessage().contains("Did you mean mine?"), error.getMessage());
  }

  /** Questions are the same, so that the finished samples stay; the right answer was corrected. */
  @Test
  void finishedSamplesAreGradedByTheRightAnswersOfNow() {
    var model = new LikelyModel(request -> request.continuation().equals(" a") ? -1 : -2);
    assertEquals(1, corrected(0).evaluate(model, 0, folder, Cancellation.NEVER).get(0).value());
    var stale =
        assertThrows(UserError.class, () -> corrected(1).answered(model.identity(), folder));
    assertTrue(stale.getMessage().contains("acc 1.0"), stale.getMessage());
    assertEquals(0, corrected(1).evaluate(model, 0, folder, Cancellation.NEVER).get(0).value());
    corrected(1).answered(model.identity(), folder);
  }

  /** A run that is gone on with after its benchmark's file was corrected. */
  @Test
  void aRunsLaterRoundsAreMeasuredByTheSameItems() {
    TaskFiles.write(folder, corrected(0).tasks());
    TaskFiles.refuseOthers(folder, corrected(0).tasks());
    var changed =
        assertThrows(UserError.class, () -> TaskFiles.refuseOthers(folder, corrected(1).tasks()));
    assertTrue(changed.getMessage().contains("mine has changed"), changed.getMessage());
  }

  private static TaskEvaluation corrected(int right) {
    RequestForm form = (shots, question) -> shots.form().worded("Q: " + question + "\nA:");
    var item = new MultipleChoiceItem("i", "question", form, List.of("a", "b"), right);
    var card =
        new TaskCard(
            "mine", "1", "", "", "test", List.of(new MetricCard("acc", "", 0.5)), List.of());
    return new TaskEvaluation(
        List.of(new Task(card, List.of(item))),
        new EvaluationSettings(List.of(0), Map.of(), true, 4, 2, 1, AnswerRules.AS_WRITTEN),
        POOL,
        ContextTemplate.MICRO::context,
        TaskEvaluation.Listener.SILENT);
  }

  private static TaskEvaluation evaluation(int items, Integer... shots) {
    return new TaskEvaluation(
        List.of(task(items)),
        new EvaluationSettings(List.of(shots), Map.of(), true, 4, 2, 1, AnswerRules.AS_WRITTEN),
        POOL,
        ContextTemplate.MICRO::context,
        TaskEvaluation.Listener.SILENT);
  }

  private static Task task(int count) {
    List<TaskItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(choice("i" + i, true, false));
    }
    var metrics = List.of(new MetricCard("mc1", "", 0.5), new MetricCard("mc2", "", 0.5));
    return new Task(new TaskCard("mine", "1", "", "", "test", metrics, List.of()), items);
  }

  private static MultipleChoiceItem choice(String id, boolean... right) {
    return new MultipleChoiceItem(
        Document.of(id, "", "question of " + id),
        (RequestForm) Shots::context,
        IntStream.range(0, right.length).mapToObj(i -> "c" + i).toList(),
        IntStream.range(0, right.length).filter(i -> right[i]).boxed().toList(),
        List.of(ChoiceScorer.MC1, ChoiceScorer.MC2));
  }

  private static List<TaskAnswer> logs(double... values) {
    List<TaskAnswer> answers = new ArrayList<>();
    for (double value : values) {
      answers.add(new TaskAnswer.Likelihood(value, 1, false));
    }
    return answers;
  }
}
