package org.soft4j.speed.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Labels prompts, each number of them in a process of its own. */
@Command(name = "label", description = "label of 20,000 prompts.")
final class LabelLoad implements Callable<Integer> {
  @Option(names = "--prompts", split = ",", defaultValue = "5000,10000,20000")
  private List<Integer> prompts;

  @Option(names = "--work", required = true)
  private Path work;

  @Override
  public Integer call() {
    List<Sample> samples = new ArrayList<>();
    for (int count : prompts) {
      Path folder = work.resolve("label-" + count);
      Path file = work.resolve("prompts-" + count + ".jsonl");
      MadePrompts.write(file, count);
      List<String> arguments =
          List.of(
              "label",
              "--model",
              "micro-1",
              "--pool",
              "micro",
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
              work.resolve("label-" + count + ".log"),
              List.of(Long.MAX_VALUE),
              () -> count,
              arguments));
    }
    return new Growth("label", "prompts", samples, false).print(System.out);
  }
}
