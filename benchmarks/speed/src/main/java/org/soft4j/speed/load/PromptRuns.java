package org.soft4j.speed.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A command over growing numbers of made prompts, each number in a process of its own. */
final class PromptRuns {
  @Option(names = "--prompts", split = ",", defaultValue = "5000,10000,20000")
  private List<Integer> prompts;

  @Option(names = "--work", required = true)
  private Path work;

  /**
   * Runs a command and prints its table.
   *
   * @param words of the command, its name first; prompts, output and threads are added
   * @return the exit code
   */
  int measure(String title, List<String> words) {
    String name = words.get(0);
    List<Sample> samples = new ArrayList<>();
    for (int count : prompts) {
      Path file = work.resolve("prompts-" + count + ".jsonl");
      MadePrompts.write(file, count);
      List<String> arguments = new ArrayList<>(words);
      arguments.addAll(
          List.of(
              "--threads",
              "1",
              "--prompts",
              file.toString(),
              "--out",
              work.resolve(name + "-" + count).toString()));
      samples.addAll(
          Child.run(
              work.resolve(name + "-" + count + ".log"),
              List.of(Long.MAX_VALUE),
              () -> count,
              arguments));
    }
    return new Growth(title, "prompts", samples, false).print(System.out);
  }
}
