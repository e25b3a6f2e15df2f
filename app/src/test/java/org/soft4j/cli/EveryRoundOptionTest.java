package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The method: rounds, curriculum, demonstrations, and which round is kept. */
@Tag("slow")
class EveryRoundOptionTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyOptionIsSeenByItsStages() {
    return new OptionRuns(folder).seen(options(folder));
  }

  static OptionRuns.Options options(Path folder) {
    OptionRuns.Options options = new OptionRuns.Options();
    options.put("seed", "7", Set.of("difficulty", "label", "train", "measure"));
    options.put("method", "single", Set.of("difficulty", "label", "train", "validate"));
    options.put("rounds", "2", Set.of("label", "train", "measure", "validate"));
    options.put("split.reuse", "true", Set.of("label", "train"));
    options.put("split.benchmark_words", "2", Set.of("difficulty", "label", "train"));
    options.put("demonstrations.choice", "fixed", Set.of("difficulty", "label"));
    options.put("demonstrations.shots", "1", Set.of("difficulty", "label"));
    options.put("curriculum.order", "hard_to_easy", Set.of("label", "train"));
    options.put("curriculum.where", "within", Set.of("label", "train"));
    options.put(
        "curriculum.difficulty", "prompt_perplexity", Set.of("difficulty", "label", "train"));
    options.put("curriculum.scorer", "current", Set.of("difficulty", "label", "train"));
    options.put("curriculum.context", "bare", Set.of("difficulty"));
    options.put("curriculum.attached", "false", Set.of("label"));
    options.put("curriculum.within_type", "false", Set.of("label", "train"));
    options.put("round.start", "base", Set.of("train"));
    options.put("round.labels", "accumulated", Set.of("train"));
    options.put("validation.measure", "micro_truth:mc1:0", Set.of("result"));
    options.put(
        "validation.early_stop",
        "false",
        Set.of("result", "label", "train"),
        "--set",
        "validation.min_delta=10");
    options.put(
        "validation.patience",
        "1",
        Set.of("result", "label", "train"),
        "--set",
        "validation.min_delta=10");
    options.put("validation.min_delta", "10", Set.of("result"));
    options.put("validation.chunk", "7", Set.of("validate"));
    return options;
  }
}
