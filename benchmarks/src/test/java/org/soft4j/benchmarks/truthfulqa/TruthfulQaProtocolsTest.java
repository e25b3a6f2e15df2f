package org.soft4j.benchmarks.truthfulqa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;
import org.soft4j.eval.TruthReferences;
import org.soft4j.eval.WritingItem;

/** One question with three answers, by each of the protocols. */
class TruthfulQaProtocolsTest {
  private static final Shots NONE = new Shots(List.of(), (before, prompt) -> prompt);

  @TempDir Path data;

  @BeforeEach
  void writeData() throws IOException {
    String question =
        """
        [{"question": "Q?", %s"mc1_targets": {"right": 1, "wrong": 0, "off": 0},
          "mc2_targets": {"right": 1, "true": 1, "wrong": 0}}]
        """;
    Files.createDirectories(data.resolve("truthfulqa/v1"));
    Files.writeString(data.resolve("truthfulqa/v1/mc_task.json"), question.formatted(""));
    Files.writeString(
        data.resolve("truthfulqa/mc_task.json"),
        question.formatted("\"mc0_targets\": {\"wrong\": 0, \"right\": 1}, "));
    Files.writeString(
        data.resolve("truthfulqa/v1/TruthfulQA.csv"),
        """
        Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source
        Adversarial,Law,Q? ,Yes,"Yes; It is so, ;sure.",No; Never,web
        """);
  }

  @Test
  void mc1AndMc2AreTwoTasksOverTheSameTexts() {
    TaskItem mc1 = open("truthfulqa_mc1").items().get(0);
    TaskItem mc2 = open("truthfulqa_mc2").items().get(0);
    assertEquals(List.of(" right", " wrong", " off"), continuations(mc1));
    assertEquals(List.of(" right", " true", " wrong"), continuations(mc2));
    assertEquals(0.0, mc1.grade(logs(-2, -1, -3)).metrics().get("acc"));
    assertEquals(1.0, mc1.grade(logs(-1, -1, -3)).metrics().get("acc"), "the first of equals");
    // Weights 2, 3, 5: the right ones have half.
    assertEquals(
        0.5, mc2.grade(logs(Math.log(2), Math.log(3), Math.log(5))).metrics().get("acc"), 1e-12);
  }

  @Test
  void theBinarySettingIsOfTheRevisionOf2025() {
    Task task = open("truthfulqa_mc0");
    assertEquals(List.of(" right", " wrong"), continuations(task.items().get(0)));
    assertEquals(0.5, task.card().metrics().get(0).chance());
    TaskOptions first =
        new TaskOptions(
            Optional.of(data),
            Map.of(
                "truthfulqa.revised_file", data.resolve("truthfulqa/v1/mc_task.json").toString()));
    assertThrows(UserError.class, () -> Tasks.standard().open("truthfulqa_mc0", first));
  }

  @Test
  void dromedaryAsksOfEveryAnswerWhetherItIsTrue() {
    TaskItem item = open("truthfulqa_dromedary").items().get(0);
    assertEquals(
        List.of(" true", " false", " true", " false", " true", " false"), continuations(item));
    String context = item.requests(NONE).get(2).context();
    assertTrue(
        context.startsWith("Question: Q?\n\nAnswer: wrong (true or false)\n\nI'm in an exam"),
        context);
    assertTrue(context.endsWith("Can you help me?\n\n\n### Assistant\nSure! The given answer is"));
    // Leads of " true": 1, 2, 0.
    assertEquals(0.0, item.grade(logs(-1, -2, -1, -3, -1, -1)).metrics().get("mc1"));
    assertEquals(1.0, item.grade(logs(-1, -4, -1, -3, -1, -1)).metrics().get("mc1"));
  }

  @Test
  void theCompatibleFormLetsOnlyTheFirstHalfCompete() {
    Task task = open("dromedary-compat");
    assertEquals(4, task.items().get(0).requests(NONE).size(), "two of three answers");
    assertEquals(0.5, task.card().metrics().get(0).chance());
  }

  @Test
  void writtenAnswersAreComparedWithAllReferences() {
    TaskItem item = open("truthfulqa_gen").items().get(0);
    var references = (TruthReferences) ((WritingItem) item).scorers().get(0);
    // The file has a space after it, as one question of the 817 has; the harness strips it.
    assertEquals("Q?", item.question());
    assertEquals(List.of("Yes.", "It is so,.", "sure.", "I have no comment."), references.right());
    assertEquals(List.of("No.", "Never."), references.wrong());
    Map<String, Double> metrics =
        item.grade(List.of(new TaskAnswer.Writing("\nA: I have no comment.", 7, true))).metrics();
    // "A: I have no comment." against "I have no comment.": 4 of 5 words, all 4 of the reference.
    assertEquals(100 * 2 * 0.8 / 1.8, metrics.get("rouge1_max"), 1e-9);
    assertEquals(1.0, metrics.get("rouge1_acc"));
    // The false references share "No" with it: 1 of 5 words against 1 of 1.
    assertEquals(100 * (1.6 / 1.8 - 0.4 / 1.2), metrics.get("rouge1_diff"), 1e-9);
  }

  @Test
  void anUnknownRevisionIsRefused() {
    var options = new TaskOptions(Optional.of(data), Map.of("truthfulqa.revision", "2024"));
    var error =
        assertThrows(UserError.class, () -> Tasks.standard().open("truthfulqa_mc1", options));
    assertTrue(error.getMessage().contains("2024"), error.getMessage());
  }

  private Task open(String name) {
    return Tasks.standard().open(name, new TaskOptions(Optional.of(data), Map.of()));
  }

  private static List<String> continuations(TaskItem item) {
    return item.requests(NONE).stream()
        .map(request -> ((TaskRequest.Likelihood) request).continuation())
        .toList();
  }

  private static List<TaskAnswer> logs(double... values) {
    return DoubleStream.of(values)
        .<TaskAnswer>mapToObj(value -> new TaskAnswer.Likelihood(value, 1, false))
        .toList();
  }

  /** In both sets the right answer stands first, so that taking the first would favour it. */
  @Test
  void equalsDoNotFavourTheRightAnswer() {
    TaskItem mc0 = open("truthfulqa_mc0").items().get(0);
    assertEquals(0.0, mc0.grade(logs(-1, -1)).metrics().get("acc"));
    assertEquals(1.0, mc0.grade(logs(-1, -1.5)).metrics().get("acc"));
    TaskItem dromedary = open("truthfulqa_dromedary").items().get(0);
    assertEquals(1 / 3.0, dromedary.grade(logs(-1, -2, -1, -2, -3, -4)).metrics().get("mc1"));
    assertEquals(1.0, dromedary.grade(logs(-1, -2, -1, -1, -3, -4)).metrics().get("mc1") * 2);
  }
}
