package org.soft4j.benchmarks.fastchat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;
import org.soft4j.eval.WritingItem;

class ChatTasksTest {
  private static final Shots CHAT = new Shots(List.of(), ContextTemplate.CHATML::context);

  @TempDir Path folder;

  @Test
  void theSecondTurnIsAskedAfterTheFirstAnswer() throws IOException {
    TaskItem item =
        open("{\"question_id\": 81, \"category\": \"math\", \"turns\": [\"One?\", \"Two?\"]}")
            .items()
            .get(0);
    var first = (TaskRequest.Writing) item.requests(CHAT).get(0);
    assertTrue(first.request().sampling().greedy(), "math is answered greedily");
    var answer = new TaskAnswer.Writing("One.", 3, true);
    var second = (TaskRequest.Writing) item.followUp(CHAT, List.of(answer)).get(0);
    assertTrue(
        second
            .context()
            .endsWith(
                "<|im_start|>user\nOne?<|im_end|>\n<|im_start|>assistant\nOne.<|im_end|>\n"
                    + "<|im_start|>user\nTwo?<|im_end|>\n<|im_start|>assistant\n"),
        second.context());
    var last = new TaskAnswer.Writing("It is two", 1024, false);
    assertEquals(List.of(), item.followUp(CHAT, List.of(answer, last)));
    assertEquals(Map.of("words", 2.0, "ended", 0.5), item.grade(List.of(answer, last)).metrics());
  }

  @Test
  void everyCategoryHasFastChatsTemperature() throws IOException {
    for (var wanted : Map.of("writing", 0.7, "stem", 0.1, "coding", 0.0, "fermi", 0.7).entrySet()) {
      Task task =
          open(
              "{\"question_id\": 1, \"category\": \"%s\", \"turns\": [\"?\"]}"
                  .formatted(wanted.getKey()));
      var item = (WritingItem) task.items().get(0);
      assertEquals(wanted.getValue(), item.writing().sampling().temperature(), wanted.getKey());
    }
  }

  @Test
  void aLineWithoutTurnsIsNamed() {
    var error = assertThrows(UserError.class, () -> open("{\"question_id\": 1}"));
    assertTrue(error.getMessage().contains("line 1"), error.getMessage());
  }

  @Test
  void theRealSetsHaveEightyQuestionsEach() {
    String data = System.getenv().getOrDefault("SOFT4J_DATA", "");
    Assumptions.assumeTrue(
        !data.isEmpty() && Files.isDirectory(Path.of(data, "fastchat")),
        "SOFT4J_DATA has no fastchat");
    TaskOptions options = new TaskOptions(Optional.of(Path.of(data)), Map.of());
    for (String name : List.of("vicuna", "mt_bench")) {
      assertEquals(80, Tasks.standard().open(name, options).items().size(), name);
    }
    assertEquals(805, Tasks.standard().open("alpaca_eval", options).items().size());
    assertEquals(169, Tasks.standard().open("hhh", options).items().size());
    assertEquals(790, Tasks.standard().open("truthfulqa_mc0", options).items().size());
    assertEquals(817, Tasks.standard().open("truthfulqa_gen", options).items().size());
  }

  private Task open(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("question.jsonl"), line + "\n");
    return Tasks.standard()
        .open(
            "mt_bench",
            new TaskOptions(Optional.empty(), Map.of("mt_bench.file", file.toString())));
  }
}
