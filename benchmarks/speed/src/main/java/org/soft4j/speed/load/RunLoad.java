package org.soft4j.speed.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs SOFT+ over three rounds, with perplexities of all prompts first; each number of prompts is a
 * process of its own. Ten questions are measured after each round: they are no part of the load.
 */
@Command(name = "run", description = "run of SOFT+ with 20,000 prompts.")
final class RunLoad implements Callable<Integer> {
  @Option(names = "--prompts", split = ",", defaultValue = "5000,10000,20000")
  private List<Integer> prompts;

  @Option(names = "--work", required = true)
  private Path work;

  @Override
  public Integer call() {
    List<Sample> samples = new ArrayList<>();
    for (int count : prompts) {
      Path folder = work.resolve("run-" + count);
      Path file = work.resolve("prompts-" + count + ".jsonl");
      MadePrompts.write(file, count);
      List<String> arguments =
          List.of(
              "run",
              "micro",
              "--tasks",
              "micro_hhh",
              "--limit",
              "10",
              "--method",
              "soft+",
              "--threads",
              "1",
              "--prompts",
              file.toString(),
              "--out",
              folder.toString());
      samples.addAll(
          Child.run(
              work.resolve("run-" + count + ".log"),
              List.of(Long.MAX_VALUE),
              () -> count,
              arguments));
    }
    return new Growth(
            "run of SOFT+: difficulty, three rounds of labels and training",
            "prompts",
            samples,
            false)
        .print(System.out);
  }
}
