package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.core.JsonLines;
import org.soft4j.core.UserError;
import org.soft4j.core.download.Receipt;
import org.soft4j.datasets.PoolFiles;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.datasets.catalogue.SetRows;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;
import org.soft4j.eval.files.LmEvalFiles;
import org.soft4j.eval.judge.AlpacaFiles;
import org.soft4j.eval.judge.FastChatJudgments;
import org.soft4j.eval.judge.FastChatPrompts;
import org.soft4j.eval.yaml.YamlTasks;

/**
 * Every reader of JSON from elsewhere holds the same bounds and says file, line and column. Inputs
 * stand one below and one above each bound: deep ones are a few hundred brackets.
 */
@Tag("slow")
class RowReadersTest {
  private static final String SAMPLES = "samples_t_2026-01-01T00-00-00.000000.jsonl";

  @TempDir Path folder;

  /** Where JSON Lines are read, with the name of a file that the reader takes. */
  enum Lines {
    PROMPTS("in.jsonl", PromptFiles::read),
    POOL("in.jsonl", PoolFiles::read),
    SET("in.jsonl", SetRows::of),
    TASK_ROWS("in.jsonl", RowReadersTest::taskOf),
    CHECKED("in.jsonl", file -> JsonLines.read(file, line -> {})),
    OWN("in.jsonl", file -> Json.readLines(file, JsonNode.class)),
    EVALUATION("in.jsonl", SampleFile::read),
    HARNESS(SAMPLES, file -> LmEvalFiles.scores(file.getParent())),
    FASTCHAT_QUESTIONS("in.jsonl", FastChatQuestion::read),
    FASTCHAT_ANSWERS("in.jsonl", file -> FastChatAnswers.read(file, Map.of())),
    FASTCHAT_REFERENCES("in.jsonl", FastChatAnswers::references),
    FASTCHAT_PROMPTS("in.jsonl", FastChatPrompts::read),
    FASTCHAT_SINGLE("in.jsonl", FastChatJudgments::readSingle),
    FASTCHAT_PAIR("in.jsonl", FastChatJudgments::readPair),
    MT_BENCH("question.jsonl", file -> benchmark("mt_bench", "mt_bench.file", file));

    private final String file;
    private final Consumer<Path> reading;

    Lines(String file, Consumer<Path> reading) {
      this.file = file;
      this.reading = reading;
    }
  }

  /** Where a file that is one value is read. */
  enum Documents {
    SET("in.json", SetRows::of),
    TASK_ROWS("in.json", RowReadersTest::taskOf),
    OWN("run.json", file -> Json.read(text(file), JsonNode.class, file.toString())),
    RECEIPT("fetched.json", file -> Receipt.read(file.getParent())),
    HARNESS(
        "results_2026-01-01T00-00-00.000000.json",
        file -> {
          write(file.resolveSibling(SAMPLES), "{\"doc_id\": 0, \"doc_hash\": \"0\"}\n");
          LmEvalFiles.scores(file.getParent());
        }),
    ALPACA_OUTPUTS("in.json", AlpacaOutputs::read),
    ALPACA_ANNOTATIONS("in.json", AlpacaFiles::readAnnotations),
    ALPACA_EVAL("in.json", file -> benchmark("alpaca_eval", "alpaca_eval.file", file)),
    TRUTHFULQA("in.json", file -> benchmark("truthfulqa", "truthfulqa.file", file)),
    HHH("helpful/task.json", file -> benchmark("hhh", "hhh.folder", file.getParent().getParent()));

    private final String file;
    private final Consumer<Path> reading;

    Documents(String file, Consumer<Path> reading) {
      this.file = file;
      this.reading = reading;
    }
  }

  private static void benchmark(String name, String option, Path file) {
    Tasks.standard()
        .open(name, new TaskOptions(Optional.empty(), Map.of(option, file.toString())))
        .items();
  }

  private static void taskOf(Path rows) {
    Path task = rows.resolveSibling("t.yaml");
    write(
        task,
        "task: t\ndataset_path: json\ndataset_kwargs: {data_files: {test: %s}}\n"
                .formatted(rows.getFileName())
            + "test_split: test\noutput_type: generate_until\ndoc_to_text: x\ndoc_to_target: y\n");
    YamlTasks.Chosen chosen = YamlTasks.of(Tasks.none()).choose(List.of(task.toString()));
    chosen.tasks().open("t", TaskOptions.NONE);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String nested(int lists) {
    return "{\"x\": " + "[".repeat(lists) + "]".repeat(lists) + "}";
  }

  private void refused(Path file, Consumer<Path> reading, String text, String place, String bound) {
    write(file, text);
    UserError error = assertThrows(UserError.class, () -> reading.accept(file));
    String said = error.getMessage();
    assertTrue(said.contains(file + ", " + place), said);
    assertTrue(said.contains(bound), said);
    assertTrue(said.length() < 1_000, said);
  }

  /** The row is refused for what it lacks, if at all. */
  private void within(Path file, Consumer<Path> reading, String text, String bound) {
    write(file, text);
    try {
      reading.accept(file);
    } catch (UserError lacking) {
      assertTrue(!lacking.getMessage().contains(bound), lacking::getMessage);
    }
  }

  private static final String DEEP = "depth (201) exceeds the maximum allowed (200)";
  private static final String DIGITS = "Number value length (1001) exceeds the maximum";

  @ParameterizedTest
  @EnumSource
  void aLineHoldsTheBounds(Lines reader) {
    Path file = folder.resolve(reader.file);
    within(file, reader.reading, nested(BoundedJson.DEPTH - 1), "depth");
    refused(file, reader.reading, "\n" + nested(BoundedJson.DEPTH), "line 2, column 207", DEEP);
    String digits = "{\"x\": %s}".formatted("1".repeat(BoundedJson.DIGITS + 1));
    refused(file, reader.reading, digits, "line 1, column ", DIGITS);
    within(file, reader.reading, digits.replace("11}", "1}"), "length");
    String blanks = " ".repeat(BoundedJson.ROW_BYTES - 2);
    within(file, reader.reading, "{" + blanks + "}", "bytes");
    if (reader != Lines.OWN) {
      refused(file, reader.reading, "{" + blanks + " }", "line 1: ", "longer than 16777216 bytes");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfOneValueHoldsTheBounds(Documents reader) {
    Path file = folder.resolve(reader.file);
    within(file, reader.reading, nested(BoundedJson.DEPTH - 1), "depth");
    refused(file, reader.reading, "\n" + nested(BoundedJson.DEPTH), "line 2, column 207", DEEP);
    String digits = "{\"x\": %s}".formatted("1".repeat(BoundedJson.DIGITS + 1));
    refused(file, reader.reading, digits, "line 1, column ", DIGITS);
  }

  /** CSV is bounded by the letters of a row, and by a size that is looked at before it is read. */
  @ParameterizedTest
  @EnumSource
  void aTableHoldsTheBounds(Tables reader) throws IOException {
    Path file = folder.resolve("in.csv");
    String cell = "a".repeat(BoundedJson.ROW_BYTES);
    within(file, reader.reading, "x\nb\n" + cell + "\n", "longer");
    refused(
        file, reader.reading, "x\nb\n" + cell + "c\n", "line 3: ", "longer than 16777216 letters");
    try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength((256 << 20) + 1);
    }
    UserError large = assertThrows(UserError.class, () -> reader.reading.accept(file));
    assertEquals(file + " is larger than 268435456 bytes.", large.getMessage());
  }

  /** Where CSV is read. */
  enum Tables {
    PROMPTS(PromptFiles::read),
    SET(SetRows::of),
    TASK_ROWS(RowReadersTest::taskOf),
    OWN(Csv::read),
    TRUTHFULQA_GEN(file -> benchmark("truthfulqa_gen", "truthfulqa.csv", file));

    private final Consumer<Path> reading;

    Tables(Consumer<Path> reading) {
      this.reading = reading;
    }
  }
}
