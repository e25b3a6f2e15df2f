package org.soft4j.compare;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.TaskFiles;

/** What the folder of a run, a round or an evaluation says about its metrics. */
final class MetricKinds {
  private MetricKinds() {}

  /** The task as it was run; empty in folders of earlier versions. */
  static Optional<TaskFiles.Described> described(Path folder, String task) {
    Path whole = folder.toAbsolutePath().normalize();
    return Stream.of(whole, whole.getParent())
        .flatMap(root -> TaskFiles.read(root, task).stream())
        .findFirst();
  }

  /** Metrics of a task that are no shares of one; folders of earlier versions name none. */
  static Set<String> plain(Path folder, String task) {
    return described(folder, task).stream()
        .flatMap(described -> described.card().metrics().stream())
        .filter(card -> !card.share())
        .map(MetricCard::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
