package org.soft4j.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** How labels are written, and which are dropped. */
@Tag("slow")
class EveryLabelOptionTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyOptionIsSeenByItsStages() {
    return new OptionRuns(folder).seen(options(folder));
  }

  static OptionRuns.Options options(Path folder) {
    OptionRuns.Options options = new OptionRuns.Options();
    options.put("labelling.temperature", "0.3", Set.of("label", "difficulty"));
    options.put("labelling.top_p", "0.5", Set.of("label", "difficulty"));
    options.put("labelling.top_k", "9", Set.of("label", "difficulty"));
    options.put("labelling.max_new_tokens", "11", Set.of("label", "difficulty"));
    options.put("labelling.chunk", "5", Set.of("label", "difficulty"));
    options.put("filters.empty", "false", Set.of("train"), "--set", "filters.min_words=0");
    options.put("filters.min_words", "2", Set.of("train"));
    options.put("filters.unfinished", "false", Set.of("train"));
    options.put("filters.repeats", "0", Set.of("train"));
    options.put("filters.copies_prompt", "false", Set.of("train"));
    options.put("filters.copies_pool", "false", Set.of("train"));
    options.put("filters.blacklist", "after 1", Set.of("train"));
    return options;
  }
}
