package org.soft4j.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.plugin.Clusters;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.ClusterSettings;
import org.soft4j.settings.ClusterSettings.Training;

/** A small micro run, on one machine and on clusters, and the comparison of what they wrote. */
final class ClusterRuns {
  private static final String RESULTS =
      ".*(labels|dropped|difficulty|-0shot)\\.jsonl|.*\\.csv|.*adapter_model\\.safetensors"
          + "|.*adapter_config\\.json";

  private ClusterRuns() {}

  /** Two short rounds in small chunks, so that every stage has several. */
  static SoftSession session() {
    return SoftSession.micro()
        .rounds(2)
        .tasks(List.of("micro_truth", "micro_answers"))
        .shots(List.of(0))
        .limit(12)
        .seed(7)
        .set("training.epochs", "1")
        .set("labelling.chunk", "16")
        .set("eval.scores_per_chunk", "64")
        .set("eval.texts_per_chunk", "8")
        .set("model.threads", "1");
  }

  /** The same run as one types it. */
  static List<String> words() {
    String typed =
        "run micro --rounds 2 --tasks micro_truth,micro_answers --shots 0 --limit 12 --seed 7"
            + " --threads 1 --set training.epochs=1 --set labelling.chunk=16"
            + " --set eval.scores_per_chunk=64 --set eval.texts_per_chunk=8";
    return List.of(typed.split(" "));
  }

  static void onOneMachine(Path folder) {
    run(folder, LocalOpening.OPENER, Cancellation.NEVER, false);
  }

  static void run(Path folder, ModelOpener opener, Cancellation cancel, boolean resume) {
    session()
        .run(
            folder,
            new SoftSession.RunOptions(
                opener, Progress.SILENT, line -> {}, cancel, CostGate.SHUT, resume, false));
  }

  static ClusterSettings cluster(String master, Training training) {
    return new ClusterSettings(master, training, "", false);
  }

  static ModelOpener opener(String master, Training training, List<String> said) {
    return Clusters.opener(cluster(master, training), LocalOpening.OPENER, said::add);
  }

  static List<Path> results(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(folder::relativize)
          .filter(path -> path.toString().replace('\\', '/').matches(RESULTS))
          .sorted()
          .toList();
    }
  }

  /** Every result of the one is in the other, byte for byte. */
  static void assertSameBytes(Path expected, Path actual) throws IOException {
    List<Path> names = results(expected);
    assertEquals(names, results(actual));
    List<String> seen = new ArrayList<>();
    names.forEach(name -> seen.add(String.valueOf(name.getFileName())));
    for (String name : List.of("labels.jsonl", "metrics.csv", "adapter_model.safetensors")) {
      assertEquals(true, seen.contains(name), name + " is among " + names);
    }
    for (Path name : names) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(name)),
          Files.readAllBytes(actual.resolve(name)),
          name.toString());
    }
  }
}
