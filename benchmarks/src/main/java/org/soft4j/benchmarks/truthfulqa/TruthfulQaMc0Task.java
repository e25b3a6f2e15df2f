package org.soft4j.benchmarks.truthfulqa;

import org.soft4j.eval.ChoiceItem.Ties;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/**
 * TruthfulQA's binary setting of January 2025: the best answer against the best wrong one. The best
 * answer stands first in every row, so that equals count as wrong, as in the authors' own code
 * (truthfulqa/models.py compares by a strict greater-than).
 */
public final class TruthfulQaMc0Task implements TaskProvider {
  @Override
  public String name() {
    return "truthfulqa_mc0";
  }

  @Override
  public String summary() {
    return "TruthfulQA binary, 2025 revision: best against best wrong answer (acc)";
  }

  @Override
  public Task open(TaskOptions options) {
    return SingleChoice.task(
        this, "1.0", TruthfulQaData.revised(options), TruthfulQaFile.Row::mc0, "acc", Ties.WRONG);
  }
}
