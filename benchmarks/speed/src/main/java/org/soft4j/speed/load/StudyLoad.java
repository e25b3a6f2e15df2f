package org.soft4j.speed.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.soft4j.study.Condition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the study of the micro world in one process and looks at it as its cells finish. Seeds come
 * one after the other, each with every world and condition, so that equal stretches of seeds are
 * equal work.
 */
@Command(name = "study", description = "study micro of 500 cells.")
final class StudyLoad implements Callable<Integer> {
  private static final int WORLDS = 3;

  /** Cells of the grid of learning rates: worlds, families, rates, seeds. */
  private static final int TUNING = WORLDS * Condition.FAMILIES.size() * 4 * 2;

  @Option(names = "--seeds", defaultValue = "9", description = "A multiple of three.")
  private int seeds;

  @Option(names = "--workers", defaultValue = "1")
  private int workers;

  @Option(names = "--work", required = true)
  private Path work;

  @Override
  public Integer call() {
    Path folder = work.resolve("study");
    Path cells = folder.resolve("cells.jsonl");
    long each = (long) WORLDS * (Condition.all().size() + 1);
    List<Long> marks =
        Stream.of(0, seeds / 3, 2 * seeds / 3, seeds).map(s -> TUNING + s * each).toList();
    List<Sample> samples =
        Child.run(
            work.resolve("study.log"),
            marks,
            () -> lines(cells),
            List.of(
                "study",
                "micro",
                "--seeds",
                "" + seeds,
                "--workers",
                "" + workers,
                "--out",
                folder.toString()));
    return new Growth("study micro, " + workers + " worker(s)", "cells", samples, true)
        .print(System.out);
  }

  private static long lines(Path file) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
