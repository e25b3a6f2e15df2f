package org.soft4j.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.TaskFiles;

/** What the folder of a run, a round or an evaluation says about its metrics. */
final class MetricKinds {
  private MetricKinds() {}

  /** Whether a folder is an evaluation's, whose samples lie in it. */
  static boolean evaluation(Path folder) {
    return Files.isRegularFile(folder.resolve("eval.json"));
  }

  /** Whether a metric is a share of one, as those of earlier versions all are. */
  static boolean share(Path folder, String task, String metric) {
    Path whole = folder.toAbsolutePath().normalize();
    return Stream.of(whole, whole.resolveSibling("."))
        .flatMap(root -> TaskFiles.read(root.normalize(), task).stream())
        .flatMap(described -> described.card().metrics().stream())
        .filter(card -> card.name().equals(metric))
        .map(MetricCard::share)
        .findFirst()
        .orElse(true);
  }
}
