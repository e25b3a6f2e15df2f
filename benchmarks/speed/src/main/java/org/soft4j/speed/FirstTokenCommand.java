package org.soft4j.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.core.Json;
import org.soft4j.core.ScratchFolder;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.local.LocalModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the command line again and again and waits for one token of the micro model. */
@Command(name = "first-token", description = "Seconds from ./soft4j to the micro model's token.")
final class FirstTokenCommand implements Callable<Integer> {
  @Mixin private Opening opening;

  @Option(names = "--starts", defaultValue = "5", description = "After one that warms the cache.")
  private int starts;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (ScratchFolder scratch = ScratchFolder.in(opening.work().folder(), "first-")) {
      return measure(scratch.root());
    }
  }

  private int measure(Path folder) throws IOException, InterruptedException {
    Path input = folder.resolve("prompt.jsonl");
    WholeFile.write(input, Json.lines(List.of(Map.of("prompt", "<bos> <q>"))));
    seconds(input, folder.resolve("out.jsonl"));
    List<Double> times = new ArrayList<>();
    for (int start = 0; start < starts; start++) {
      times.add(seconds(input, folder.resolve("out.jsonl")));
    }
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    Path micro = EmbeddedModels.unpack(EmbeddedModels.NAMES.get(0), opening.work().folder());
    try (LocalModel model = opening.open(micro)) {
      opening.write(
          "first-token",
          model,
          Map.of(
              "seconds", sorted[sorted.length / 2],
              "best_seconds", sorted[0],
              "worst_seconds", sorted[sorted.length - 1]),
          times,
          Map.of("model", EmbeddedModels.NAMES.get(0)));
    }
    return 0;
  }

  /** The whole life of the process: its answer stands in the file when it ends. */
  private static double seconds(Path input, Path output) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("soft4j.home", ".")).resolve("soft4j").toString(),
            "generate",
            "--model",
            EmbeddedModels.NAMES.get(0),
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--max-new-tokens",
            "1");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    int code = process.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != 0 || Files.size(output) == 0) {
      throw new UserError(
          "The command line gave code %s and no token.".formatted(code),
          "Try it by hand: %s".formatted(String.join(" ", command)));
    }
    return seconds;
  }
}
