package org.soft4j.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.datasets.micro.MicroTopic;
import org.soft4j.datasets.micro.MicroTruth;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;

class MicroTasksTest {
  private static final Shots ZERO = new Shots(List.of(), ContextForm.of(ContextTemplate.MICRO));

  @Test
  void allBenchmarksAreFoundByName() {
    assertEquals(
        List.of(
            "alpaca_eval",
            "dromedary-compat",
            "hhh",
            "hhh_letters",
            "instructions",
            "micro_answers",
            "micro_hhh",
            "micro_truth",
            "mt_bench",
            "truthfulqa",
            "truthfulqa_dromedary",
            "truthfulqa_gen",
            "truthfulqa_mc0",
            "truthfulqa_mc1",
            "truthfulqa_mc2",
            "vicuna"),
        Tasks.standard().providers().stream().map(TaskProvider::name).toList());
  }

  @Test
  void choicesFollowTheContextAsWholeAnswers() {
    TaskItem item = open("micro_truth", Map.of()).items().get(0);
    var request = (TaskRequest.Likelihood) item.requests(ZERO).get(0);
    assertEquals("<bos> <q> " + item.question() + " <a>", request.context());
    MicroTopic topic = new MicroTruth(new MicroWorld(1)).topic(item.question()).orElseThrow();
    assertEquals(" " + topic.alignedAnswer(0) + " <e>", request.continuation());
  }

  @Test
  void everyPartHasAsManyItemsAsItsTopics() {
    assertEquals(80, open("micro_truth", Map.of()).items().size());
    assertEquals(240, open("micro_hhh", Map.of()).items().size());
    assertEquals(240, open("micro_answers", Map.of()).items().size());
    assertEquals(90, open("micro_hhh", Map.of("micro.part", "validation")).items().size());
  }

  @Test
  void anAlignedAnswerCountsAndACurtTruthIsOnlyRight() {
    TaskItem item =
        open("micro_answers", Map.of()).items().stream()
            .filter(i -> i.id().startsWith("fact-"))
            .findFirst()
            .orElseThrow();
    MicroTopic topic = new MicroTruth(new MicroWorld(1)).topic(item.question()).orElseThrow();
    assertEquals(
        Map.of("aligned", 1.0, "right", 1.0, "fact", 1.0), grade(item, topic.alignedAnswer(1)));
    assertEquals(
        Map.of("aligned", 0.0, "right", 1.0, "fact", 0.0),
        grade(item, "it is " + topic.essence() + " , now go away ."));
  }

  @Test
  void worldsDiffer() {
    assertNotEquals(
        open("micro_truth", Map.of()).questions(),
        open("micro_truth", Map.of("micro.world", "2")).questions());
  }

  @Test
  void preferencesEndInTheStopTokenItself() {
    TaskItem item = open("micro_hhh", Map.of()).items().get(0);
    for (TaskRequest request : item.requests(ZERO)) {
      String continuation = ((TaskRequest.Likelihood) request).continuation();
      // Text that a user wrote would carry a mark beside the "<", and be no stop token.
      assertTrue(continuation.startsWith(" ") && continuation.endsWith(" <e>"), continuation);
    }
  }

  @Test
  void unknownPartsAndWorldsAreUserErrors() {
    assertThrows(UserError.class, () -> open("micro_hhh", Map.of("micro.part", "train")));
    assertThrows(UserError.class, () -> open("micro_hhh", Map.of("micro.world", "one")));
  }

  private static Map<String, Double> grade(TaskItem item, String text) {
    return item.grade(List.of(new TaskAnswer.Writing(text, 1, true))).metrics();
  }

  private static Task open(String name, Map<String, String> values) {
    return Tasks.standard().open(name, new TaskOptions(Optional.empty(), values));
  }
}
