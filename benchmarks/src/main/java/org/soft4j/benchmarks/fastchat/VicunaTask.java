package org.soft4j.benchmarks.fastchat;

import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;

/** Vicuna-bench: open questions, answers for a judge. */
public final class VicunaTask implements TaskProvider {
  @Override
  public String name() {
    return "vicuna";
  }

  @Override
  public String summary() {
    return "Vicuna-bench, 80 open questions in nine categories";
  }

  @Override
  public Task open(TaskOptions options) {
    return ChatQuestions.task(
        this, options, options.path("vicuna.file", "fastchat/vicuna_bench/question.jsonl"));
  }
}
