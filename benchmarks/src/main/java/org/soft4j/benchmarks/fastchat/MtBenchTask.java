package org.soft4j.benchmarks.fastchat;

import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/** MT-Bench: conversations of two turns, answers for a judge. */
public final class MtBenchTask implements TaskProvider {
  @Override
  public String name() {
    return "mt_bench";
  }

  @Override
  public String summary() {
    return "MT-Bench, 80 conversations of two turns in eight categories";
  }

  @Override
  public Task open(TaskOptions options) {
    return ChatQuestions.task(
        this, options, options.path("mt_bench.file", "fastchat/mt_bench/question.jsonl"));
  }
}
