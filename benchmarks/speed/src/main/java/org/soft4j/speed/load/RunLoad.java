package org.soft4j.speed.load;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Runs SOFT+ over three rounds, with perplexities of all prompts first; each number of prompts is a
 * process of its own. Ten questions are measured after each round: they are no part of the load.
 */
@Command(name = "run", description = "run of SOFT+ with 20,000 prompts.")
final class RunLoad implements Callable<Integer> {
  @Mixin private PromptRuns runs;

  @Override
  public Integer call() {
    return runs.measure(
        "run of SOFT+: difficulty, three rounds of labels and training",
        List.of("run", "micro", "--tasks", "micro_hhh", "--limit", "10", "--method", "soft+"));
  }
}
