package org.soft4j.judging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.judge.JudgedAnswer;
import org.soft4j.eval.judge.ModelOutput;

/**
 * Answers of one model to one task, from its samples file, as judges read them.
 *
 * @param task what was asked
 * @param model name that judgements carry
 * @param texts of every item, one a turn
 */
record JudgedAnswers(Task task, String model, Map<String, List<String>> texts) {
  /** What a samples file holds. */
  static JudgedAnswers read(Task task, int shots, String model, Path folder) {
    Map<String, List<String>> texts = new HashMap<>();
    for (ItemSample sample : SampleFile.read(folder.resolve(SampleFile.name(task.name(), shots)))) {
      texts.put(sample.item(), sample.texts());
    }
    return new JudgedAnswers(task, model, texts);
  }

  /** For FastChat's protocols. */
  List<JudgedAnswer> answers() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (TaskItem item : task.items()) {
      answers.add(
          new JudgedAnswer(item.id(), item.category(), item.turns(), texts.get(item.id()), model));
    }
    return answers;
  }

  /** For AlpacaEval. */
  List<ModelOutput> outputs() {
    return task.items().stream()
        .map(i -> new ModelOutput(i.question(), texts.get(i.id()).get(0), model, i.category()))
        .toList();
  }

  /** The outputs that AlpacaEval compares with. */
  static List<ModelOutput> baseline(Task task, JudgedBy.Preference how) {
    return task.items().stream()
        .map(
            item ->
                new ModelOutput(
                    item.question(),
                    how.outputs().getOrDefault(item.id(), ""),
                    how.baseline(),
                    item.category()))
        .toList();
  }
}
