package org.soft4j.speed.load;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Labels prompts, each number of them in a process of its own. */
@Command(name = "label", description = "label of 20,000 prompts.")
final class LabelLoad implements Callable<Integer> {
  @Mixin private PromptRuns runs;

  @Override
  public Integer call() {
    return runs.measure("label", List.of("label", "--model", "micro-1", "--pool", "micro"));
  }
}
