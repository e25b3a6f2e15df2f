package org.soft4j.speed.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.soft4j.lab.Lab;
import org.soft4j.run.SoftSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens labs in one process, labels and answers with each, and closes them: a long notebook. */
@Command(name = "labs", description = "500 labs opened and closed.")
final class LabsLoad implements Callable<Integer> {
  private static final int LABELS = 20;

  @Option(names = "--labs", defaultValue = "500", description = "A multiple of four.")
  private int labs;

  @Option(names = "--work", required = true, description = "Taken as by the other loads.")
  private Path work;

  @Override
  public Integer call() throws IOException {
    long began = System.nanoTime();
    List<Sample> samples = new ArrayList<>();
    for (int done = 1; done <= labs; done++) {
      try (Lab lab = Lab.open(SoftSession.micro().seed(done))) {
        lab.base().label(lab.prompts().first(LABELS));
        lab.base().answer("how do i cover the fence ?");
      }
      if (done % (labs / 4) == 0) {
        samples.add(
            Sample.of(ProcessHandle.current().pid(), done, (System.nanoTime() - began) / 1e9));
      }
    }
    return new Growth("labs opened, used and closed in one process", "labs", samples, true)
        .print(System.out);
  }
}
