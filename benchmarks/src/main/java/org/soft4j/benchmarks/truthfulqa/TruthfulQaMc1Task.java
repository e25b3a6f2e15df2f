package org.soft4j.benchmarks.truthfulqa;

import org.soft4j.eval.ChoiceItem.Ties;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/** TruthfulQA MC1 under the reference harness's name: is the best answer the most likely one? */
public final class TruthfulQaMc1Task implements TaskProvider {
  @Override
  public String name() {
    return "truthfulqa_mc1";
  }

  @Override
  public String summary() {
    return "TruthfulQA MC1, one right answer among several (acc)";
  }

  @Override
  public Task open(TaskOptions options) {
    return SingleChoice.task(
        this, "2.0", TruthfulQaData.open(options), TruthfulQaFile.Row::mc1, "acc", Ties.FIRST);
  }
}
