package org.soft4j.benchmarks.truthfulqa;

import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/** TruthfulQA MC1 with the indexing fault of Dromedary's code, for comparison with its tables. */
public final class DromedaryCompatTask implements TaskProvider {
  @Override
  public String name() {
    return "dromedary-compat";
  }

  @Override
  public String summary() {
    return "TruthfulQA MC1 as Dromedary's code computes it, with its indexing fault";
  }

  @Override
  public Task open(TaskOptions options) {
    return DromedaryTask.of(name(), summary(), false, options);
  }
}
