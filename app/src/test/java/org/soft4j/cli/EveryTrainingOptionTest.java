package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** How labels are learned. */
@Tag("slow")
class EveryTrainingOptionTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyOptionIsSeenByItsStages() {
    return new OptionRuns(folder).seen(options(folder));
  }

  static OptionRuns.Options options(Path folder) {
    OptionRuns.Options options = new OptionRuns.Options();
    options.put("training.method", "full", Set.of("train", "measure"));
    options.put("training.target_modules", "q_proj", Set.of("train"));
    Map.of(
            "rank", "3",
            "alpha", "5",
            "dropout", "0.25",
            "learning_rate", "0.001",
            "warmup_steps", "1",
            "final_learning_rate_share", "0.5",
            "epochs", "1",
            "batch_size", "5",
            "tokens_per_micro_batch", "999",
            "clip_norm", "0.5")
        .forEach((key, value) -> options.put("training." + key, value, Set.of("train")));
    Map.of(
            "weight_decay", "0.1",
            "max_length", "77",
            "append_stop_token", "false",
            "checkpoint_every", "3")
        .forEach((key, value) -> options.put("training." + key, value, Set.of("train")));
    return options;
  }
}
