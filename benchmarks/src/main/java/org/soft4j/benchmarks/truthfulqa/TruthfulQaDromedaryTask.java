package org.soft4j.benchmarks.truthfulqa;

import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/** TruthfulQA MC1 after Dromedary, with all answers competing, as its paper describes it. */
public final class TruthfulQaDromedaryTask implements TaskProvider {
  @Override
  public String name() {
    return "truthfulqa_dromedary";
  }

  @Override
  public String summary() {
    return "TruthfulQA MC1 by true/false questions (Dromedary's protocol, all answers compete)";
  }

  @Override
  public Task open(TaskOptions options) {
    return DromedaryTask.of(name(), summary(), true, options);
  }
}
