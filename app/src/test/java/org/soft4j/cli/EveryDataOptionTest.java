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

/** What is learned from, and what is measured. */
@Tag("slow")
class EveryDataOptionTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyOptionIsSeenByItsStages() throws IOException {
    return new OptionRuns(folder).seen(options(folder));
  }

  static OptionRuns.Options options(Path folder) throws IOException {
    OptionRuns.Options options = new OptionRuns.Options();
    Set<String> all = Set.of("difficulty", "label", "train", "measure", "validate");
    Path prompts = folder.resolve("prompts.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      lines.append("{\"id\": \"%s\", \"type\": \"t\", \"prompt\": \"tell %s\"}\n".formatted(i, i));
    }
    Files.writeString(prompts, lines);
    Path pool = folder.resolve("pool.jsonl");
    Files.writeString(
        pool,
        lines.toString().replace("}", ", \"response\": \"it is so\"}").replace("tell", "say"));
    options.put("data.prompts", prompts.toString(), Set.of("difficulty", "label", "train"));
    // No demonstration is learned from.
    options.put("data.pool", pool.toString(), Set.of("difficulty", "label", "measure"));
    options.put("data.validation", pool.toString(), Set.of("validate", "result"));
    options.put("data.validation_share", "0.5", Set.of("validate", "label", "result"));
    options.put("data.tasks", "micro_hhh", Set.of("measure"));
    options.put("data.shots", "2", Set.of("measure"));
    options.put("data.shots_of", "micro_truth=2", Set.of("measure"));
    options.put("data.limit", "2", Set.of("measure"));
    options.put("data.options.micro.world", "2", all);
    options.put("data.headline", "micro_truth mc2", Set.of("record"));
    options.put("data.template", "plain", Set.of("record", "label"));
    options.put(
        "data.include",
        include(folder, "one", "A"),
        Set.of("measure"),
        "--tasks",
        "mine",
        "--set",
        "data.include=" + include(folder, "two", "B"));
    options.put(
        "data.folder",
        sets(folder, "three", "Say <q> yes <a>"),
        Set.of("measure"),
        "--set",
        "data.folder=" + sets(folder, "four", "Say <q> no <a>"));
    return options;
  }

  /** Two folders with a task of one name and other questions. */
  private static String include(Path folder, String name, String question) throws IOException {
    Path include = Files.createDirectories(folder.resolve(name));
    Files.writeString(include.resolve("rows.jsonl"), "{\"q\": \"%s\"}\n".formatted(question));
    Files.writeString(
        include.resolve("mine.yaml"),
        """
        task: mine
        dataset_path: json
        dataset_kwargs:
          data_files:
            test: rows.jsonl
        test_split: test
        output_type: multiple_choice
        doc_to_text: "{{q}}"
        doc_to_choice: ["yes", "no"]
        doc_to_target: 0
        """);
    return include.toString();
  }

  private static String sets(Path folder, String name, String question) throws IOException {
    Path file =
        folder.resolve(name).resolve("alpaca_eval/alpaca_eval_reference_text_davinci_003.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "[{\"instruction\": \"%s\", \"output\": \"Hi.\", \"generator\": \"base\", \"dataset\": \"d\"}]"
            .formatted(question));
    return folder.resolve(name).toString();
  }
}
