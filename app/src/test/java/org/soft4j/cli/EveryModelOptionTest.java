package org.soft4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Which model runs, where, and how it is measured. */
@Tag("slow")
class EveryModelOptionTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyOptionIsSeenByItsStages() {
    return new OptionRuns(folder).seen(options(folder));
  }

  static OptionRuns.Options options(Path folder) {
    OptionRuns.Options options = new OptionRuns.Options();
    Set<String> all = Set.of("difficulty", "label", "train", "measure", "validate");
    options.put("model.name", "micro-2", all);
    options.put("model.adapter", adapter(folder).toString(), all);
    options.put("model.dtype", "bfloat16", all);
    options.put("model.threads", "3", all);
    options.put("model.bos", "on", all);
    options.put("model.device", "gpu:1", Set.of("difficulty", "label", "train", "validate"));
    options.put("eval.device", "gpu:2", Set.of("measure"));
    options.put("eval.overlong", "cut", Set.of("measure"));
    options.put("eval.drop_reasoning", "true", Set.of("measure"));
    options.put("eval.demonstrations_per_item", "false", Set.of("measure"), "--shots", "2");
    options.put("eval.scores_per_chunk", "2", Set.of("measure"));
    options.put("eval.texts_per_chunk", "2", Set.of("measure"));
    return options;
  }

  /** A folder that scripted models take for an adapter. */
  private static Path adapter(Path folder) {
    try {
      Path adapter = Files.createDirectories(folder.resolve("begun"));
      Files.writeString(adapter.resolve("scripted.txt"), "1 begun");
      return adapter;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
