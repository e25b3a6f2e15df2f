package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.scripted.AtOnceModel;
import org.soft4j.lm.scripted.ScriptedModel;

/** Scored and written tasks with a model that computes three chunks at once, the last one first. */
class ChunksAtOnceEvaluationTest {
  private static final List<Demonstration> POOL =
      IntStream.range(0, 8)
          .mapToObj(i -> new Demonstration("d" + i, "qa", "question " + i, "answer " + i))
          .toList();

  @TempDir Path folder;

  private static ScriptedModel model(String refused) {
    return new ScriptedModel(
        (trainings, request) -> ScriptedModel.says("so " + request.context().hashCode(), 0.5),
        (trainings, request) -> {
          if (request.context().contains(refused)) {
            throw new UserError("Refused.", "Leave it out.");
          }
          return ScriptedModel.scores(
              request, 0.1 + (request.toString().hashCode() & 0xff) / 1000.0);
        });
  }

  private static TaskEvaluation evaluation() {
    List<TaskItem> chosen = new ArrayList<>();
    List<TaskItem> written = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      chosen.add(
          new MultipleChoiceItem(
              Document.of("i" + i, "", "question of i" + i),
              (RequestForm) Shots::context,
              List.of("c0", "c1"),
              List.of(0),
              List.of(ChoiceScorer.MC1)));
      written.add(
          new WritingItem(
              new Prompt("p" + i, "", "hello " + i),
              4,
              List.of(),
              text -> Map.of("right", text.endsWith("1") ? 1.0 : 0.0)));
    }
    return new TaskEvaluation(
        List.of(task("chosen", "mc1", chosen), task("written", "right", written)),
        new EvaluationSettings(List.of(1), Map.of(), false, 4, 2, 1, AnswerRules.AS_WRITTEN),
        POOL,
        ContextTemplate.MICRO::context,
        TaskEvaluation.Listener.SILENT);
  }

  private static Task task(String name, String metric, List<TaskItem> items) {
    List<MetricCard> metrics = List.of(new MetricCard(metric, "", 0.5));
    return new Task(new TaskCard(name, "1", "", "", "test", metrics, List.of()), items);
  }

  private Map<String, String> files(String name) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> inside = Files.walk(folder.resolve(name))) {
      for (Path p : inside.filter(Files::isRegularFile).toList()) {
        contents.put(folder.resolve(name).relativize(p).toString(), Files.readString(p));
      }
    }
    return contents;
  }

  private void evaluate(LanguageModel model, String name, Cancellation cancel) {
    evaluation().evaluate(model, 0, folder.resolve(name), cancel);
  }

  /** Expected: the files of the same evaluation with one chunk after the other. */
  @Test
  void samplesAreTheSameAlsoStoppedAndResumed() throws IOException {
    evaluate(model("-"), "one", Cancellation.NEVER);
    evaluate(new AtOnceModel(model("-"), 3), "three", Cancellation.NEVER);
    assertEquals(files("one"), files("three"));
    for (int answers = 3; answers < 40; answers += 9) {
      int[] left = {answers};
      String name = "stopped-" + answers;
      assertThrows(
          CancellationException.class,
          () -> evaluate(new AtOnceModel(model("-"), 3), name, () -> --left[0] < 0));
      evaluate(new AtOnceModel(model("-"), 3), name, Cancellation.NEVER);
      assertEquals(files("one"), files(name));
    }
  }

  /**
   * 22 scores, sorted, in chunks of 4: those of i8 stand in the fifth chunk, which is the second of
   * the second three (i0, i1, i10, i2, …, i9, two scores each).
   */
  @Test
  void aRefusedChunkKeepsThoseBeforeIt() throws IOException {
    assertThrows(
        UserError.class,
        () -> evaluate(new AtOnceModel(model("of i8"), 3), "bad", Cancellation.NEVER));
    try (Stream<Path> kept = Files.list(folder.resolve("bad/answers.chunks"))) {
      assertEquals(
          List.of("000000.jsonl", "000001.jsonl", "000002.jsonl", "000003.jsonl"),
          kept.map(path -> path.getFileName().toString()).sorted().toList());
    }
    evaluate(new AtOnceModel(model("-"), 3), "bad", Cancellation.NEVER);
    evaluate(model("-"), "one", Cancellation.NEVER);
    assertEquals(files("one"), files("bad"));
  }
}
