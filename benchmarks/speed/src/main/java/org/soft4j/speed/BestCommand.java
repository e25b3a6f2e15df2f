package org.soft4j.speed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.core.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the run script with which settings the peer was fastest in its trials. */
@Command(name = "best", description = "Print the flags of a peer's fastest trial.")
final class BestCommand implements Callable<Integer> {
  @Option(names = "--work", required = true)
  private Path work;

  @Option(names = "--figure", required = true, description = "Of the trials.")
  private String figure;

  @Option(names = "--dtype", required = true)
  private String dtype;

  @Override
  public Integer call() {
    Measured best =
        new Comparison(Measured.read(new Work(work).results()))
            .peer(figure, dtype)
            .orElseThrow(
                () ->
                    new UserError(
                        "No trial of %s in %s was measured.".formatted(figure, dtype),
                        "Run the peer's script with --figure %s first.".formatted(figure)));
    System.out.println(flags(best.settings()));
    return 0;
  }

  /** As {@code run} gives them to a peer: {@code --batch 8 --memory kept}, and --compile if so. */
  static String flags(Map<String, String> settings) {
    StringBuilder flags = new StringBuilder();
    for (String name : List.of("batch", "cache", "memory")) {
      if (settings.containsKey(name)) {
        flags.append(" --").append(name).append(' ').append(settings.get(name));
      }
    }
    if (settings.getOrDefault("compile", "False").equals("True")) {
      flags.append(" --compile");
    }
    return flags.toString().strip();
  }
}
