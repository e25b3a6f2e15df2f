package org.soft4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The judge of every round. */
@Tag("slow")
class EveryJudgeOptionTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyOptionIsSeenByItsStages() throws IOException {
    return new OptionRuns(folder).seen(options(folder));
  }

  static OptionRuns.Options options(Path folder) throws IOException {
    OptionRuns.Options options = new OptionRuns.Options();
    options.put("judge.model", "micro-2", Set.of("judge"));
    Path adapter = Files.createDirectories(folder.resolve("adapter"));
    Files.writeString(adapter.resolve("scripted.txt"), "1 adapted");
    options.put("judge.adapter", adapter.toString(), Set.of("judge"));
    options.put("judge.device", "gpu:3", Set.of("judge"));
    options.put("judge.dtype", "bfloat16", Set.of("judge"));
    options.put("judge.threads", "3", Set.of("judge"));
    options.put("judge.repeats", "2", Set.of("judge"));
    options.put("judge.weighted", "true", Set.of("judge"));
    // AlpacaEval draws no token and has its own bounds on replies.
    options.put("judge.temperature", "0.5", Set.of("judge"), "--tasks", "vicuna");
    options.put("judge.max_tokens", "99", Set.of("judge"), "--tasks", "vicuna");
    options.put("judge.pairwise", "false", Set.of("judge"), "--tasks", "vicuna");
    // Endpoints alone are called side by side.
    options.put("judge.concurrency", "2", Set.of("record"));
    // The same replies, read by another rule.
    options.put("judge.verdicts", "alpaca_eval", Set.of("verdicts"));
    return options;
  }
}
