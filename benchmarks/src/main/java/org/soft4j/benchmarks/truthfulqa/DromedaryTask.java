package org.soft4j.benchmarks.truthfulqa;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;

/** Both forms of Dromedary's protocol: all answers compete, or as in its code only the first. */
final class DromedaryTask {
  private DromedaryTask() {}

  /**
   * The task.
   *
   * @param everyAnswer whether all answers compete; else only the first half, rounded up, as
   *     Dromedary's loop over the scores leaves it
   */
  static Task of(String name, String summary, boolean everyAnswer, TaskOptions options) {
    TruthfulQaData data = TruthfulQaData.open(options);
    String file = options.value("truthfulqa.meta_prompt", "");
    String before = file.isEmpty() ? "" : WholeFile.read(Path.of(file)).strip() + "\n";
    String header = options.value("truthfulqa.header", "Assistant");
    List<TaskItem> items =
        IntStream.range(0, data.rows().size())
            .<TaskItem>mapToObj(
                i -> {
                  TruthfulQaFile.Row row = data.rows().get(i);
                  List<String> answers = List.copyOf(row.mc1().keySet());
                  return new DromedaryItem(
                      "truthfulqa-" + i,
                      row.question(),
                      answers.subList(0, competing(answers.size(), everyAnswer)),
                      before,
                      header);
                })
            .toList();
    double chance = data.chance(row -> 1.0 / competing(row.mc1().size(), everyAnswer));
    return new Task(
        new TaskCard(
            name,
            "1",
            summary,
            "Sun et al. 2023, arXiv 2305.03047",
            TruthfulQaData.LICENCE,
            data.split(),
            List.of(new MetricCard("mc1", "the best answer is called true most clearly", chance)),
            List.of(
                file.isEmpty() ? "no meta-prompt" : "meta-prompt of " + file,
                "header of the reply: " + header,
                everyAnswer
                    ? "all answers compete; in Dromedary's code only the first half does"
                    : "only the first half of the answers competes, as in Dromedary's code: two"
                        + " choices are always right, and chance is high",
                "a control token's name in a question or answer is text, not the token")),
        items);
  }

  private static int competing(int answers, boolean everyAnswer) {
    return everyAnswer ? answers : (answers + 1) / 2;
  }
}
