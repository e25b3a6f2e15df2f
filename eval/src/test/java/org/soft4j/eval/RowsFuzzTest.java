package org.soft4j.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.datasets.PoolFiles;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.datasets.catalogue.SetRows;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;
import org.soft4j.eval.yaml.YamlTasks;
import org.soft4j.testing.FuzzEdits;

/** Every file of rows is read or refused by every reader of its kind. See docs/fuzzing.md. */
@Tag("slow")
class RowsFuzzTest {
  private static final String TASK =
      """
      task: t
      dataset_path: %s
      dataset_kwargs: {data_files: {test: %s}}
      test_split: test
      output_type: multiple_choice
      doc_to_text: "{{prompt}}"
      doc_to_choice: [a, b]
      doc_to_target: label
      """;
  private static final List<String> WORDS =
      List.of(
          "\"",
          "'",
          ",",
          "\n",
          "\r\n",
          "{",
          "}",
          "[",
          "]",
          ":",
          "\\",
          "\\u0000",
          "\\ud800",
          "null",
          "true",
          "False",
          "NaN",
          "1e999",
          "-0",
          "9223372036854775808",
          "0.1",
          "2020-01-01",
          "\"prompt\"",
          "\"id\"",
          "\"label\": ",
          "\ufeff",
          "\t",
          ";",
          "inf",
          "\"turns\": [",
          "\u0000",
          "{\"prompt\": \"x\", \"label\": 0}\n");
  private static final String LINES =
      """
      {"id": "a", "type": "t", "prompt": "Why?", "response": "So.", "label": 1}
      {"id": "b", "type": "t", "prompt": "\\u00e9 \\"q\\"", "response": "No.", "label": 0, "x": [1, 2.5, {"y": null}]}
      """;
  private static final String CHAT =
      """
      {"question_id": 81, "category": "math", "turns": ["One?", "Two?"]}
      {"question_id": 82, "model_id": "m", "choices": [{"index": 0, "turns": ["1", "2"]}]}
      """;
  private static final String ARRAY =
      """
      [{"instruction": "Sing.", "output": "La.", "generator": "m", "prompt": "p", "label": 0},
       {"instruction": "Count.", "output": "1\\n2", "generator": "m", "dataset": "d", "prompt": "q", "label": 1.0}]
      """;
  private static final String TABLE =
      """
      id,type,prompt,response,label
      a,t,"Why, then?",So.,1
      b,t,"He said ""no""
      twice",No.,0
      """;

  @TempDir Path folder;

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** Reads with each of the readers; says how many took it. */
  private static String taken(List<Runnable> readers) {
    int taken = 0;
    for (Runnable reader : readers) {
      try {
        reader.run();
        taken++;
      } catch (org.soft4j.core.UserError refused) {
        // Counted by what is left.
      }
    }
    return taken + " of " + readers.size() + " readers";
  }

  private List<Runnable> task(String kind, Path rows) throws IOException {
    Path file =
        Files.writeString(folder.resolve("t.yaml"), TASK.formatted(kind, rows.getFileName()));
    List<Runnable> readers = new ArrayList<>();
    for (String way : List.of("text", "harness")) {
      TaskOptions options = new TaskOptions(Optional.empty(), Map.of("t.rows", way));
      readers.add(
          () ->
              YamlTasks.of(Tasks.none())
                  .choose(List.of(file.toString()))
                  .tasks()
                  .open("t", options));
    }
    return readers;
  }

  @Test
  void jsonLines() {
    FuzzEdits.of(List.of(LINES, CHAT), WORDS)
        .hold(
            "JSON Lines",
            bytes -> {
              Path file = write("in.jsonl", bytes);
              List<Runnable> readers = new ArrayList<>(task("json", file));
              readers.add(() -> PromptFiles.read(file));
              readers.add(() -> PoolFiles.read(file));
              readers.add(() -> SetRows.of(file));
              readers.add(() -> FastChatQuestion.read(file));
              readers.add(() -> FastChatAnswers.references(file));
              return taken(readers);
            });
  }

  @Test
  void jsonArrays() {
    FuzzEdits.of(List.of(ARRAY), WORDS)
        .hold(
            "JSON arrays",
            bytes -> {
              Path file = write("in.json", bytes);
              List<Runnable> readers = new ArrayList<>(task("json", file));
              readers.add(() -> SetRows.of(file));
              readers.add(() -> AlpacaOutputs.read(file));
              return taken(readers);
            });
  }

  @Test
  void csv() {
    FuzzEdits.of(List.of(TABLE), WORDS)
        .hold(
            "CSV",
            bytes -> {
              Path file = write("in.csv", bytes);
              List<Runnable> readers = new ArrayList<>(task("csv", file));
              readers.add(() -> PromptFiles.read(file));
              readers.add(() -> PoolFiles.read(file));
              readers.add(() -> SetRows.of(file));
              return taken(readers);
            });
  }

  @Test
  void parquet() throws IOException {
    Path golden =
        Path.of("..", "datasets", "src", "test", "resources", "org/soft4j/datasets/parquet");
    List<byte[]> sound = new ArrayList<>();
    for (String name :
        List.of(
            "none",
            "snappy",
            "gzip",
            "zstd",
            "lz4",
            "pool",
            "pages-v2",
            "delta",
            "no-dictionary")) {
      sound.add(Files.readAllBytes(golden.resolve(name + ".parquet")));
    }
    new FuzzEdits(sound, List.of("PAR1", "\u0000", "\u0001", "\u007f", "prompt", "UTF8"))
        .hold(
            "Parquet",
            bytes -> {
              Path file = write("in.parquet", bytes);
              return taken(List.of(() -> PromptFiles.read(file)));
            });
  }
}
