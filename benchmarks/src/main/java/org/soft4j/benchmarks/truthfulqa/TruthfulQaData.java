package org.soft4j.benchmarks.truthfulqa;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.soft4j.benchmarks.truthfulqa.TruthfulQaFile.Row;
import org.soft4j.core.UserError;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;

/**
 * The questions of one revision of TruthfulQA: 817 of the first one, which papers and the reference
 * harness use, or 790 of January 2025.
 *
 * @param file mc_task.json
 * @param rows its questions
 */
record TruthfulQaData(Path file, List<Row> rows) {
  /** Of the questions and answers. */
  static final String LICENCE = "Apache-2.0";

  /** Makes an item of a question; the category is empty where none is known. */
  interface Items {
    TaskItem of(String id, String category, Row row);
  }

  static final String PAPER = "Lin et al. 2022, arXiv 2109.07958";

  static TruthfulQaData open(TaskOptions options) {
    Path file = options.path("truthfulqa.file", folder(options) + "/mc_task.json");
    return new TruthfulQaData(file, TruthfulQaFile.read(file));
  }

  /** The 2025 revision alone has the binary setting. */
  static TruthfulQaData revised(TaskOptions options) {
    Path file = options.path("truthfulqa.revised_file", "truthfulqa/mc_task.json");
    return new TruthfulQaData(file, TruthfulQaFile.read(file));
  }

  /** Folder of the chosen revision below the data folder. */
  static String folder(TaskOptions options) {
    String revision = options.value("truthfulqa.revision", "v1");
    return switch (revision) {
      case "v1" -> "truthfulqa/v1";
      case "2025" -> "truthfulqa";
      default ->
          throw new UserError(
              "There is no TruthfulQA revision \"" + revision + "\".",
              "Use truthfulqa.revision=v1 (817 questions) or 2025 (790).");
    };
  }

  /**
   * An item for every question, which says its category where TruthfulQA.csv lies beside the file.
   */
  List<TaskItem> items(Items make) {
    Map<String, String> categories = categories();
    List<TaskItem> items = new ArrayList<>();
    for (Row row : rows) {
      String category = categories.getOrDefault(row.question().strip(), "");
      items.add(make.of("truthfulqa-" + items.size(), category, row));
    }
    return items;
  }

  private Map<String, String> categories() {
    Path table = file.resolveSibling("TruthfulQA.csv");
    Map<String, String> categories = new HashMap<>();
    if (Files.exists(table)) {
      TruthfulQaAnswers.read(table)
          .forEach(row -> categories.put(row.question().strip(), row.category()));
    }
    return categories;
  }

  String split() {
    return rows.size() + " questions of " + file.getFileName();
  }

  /** What equal probabilities for all choices would give. */
  double chance(ToDoubleFunction<Row> chance) {
    return rows.stream().mapToDouble(chance).average().orElse(Double.NaN);
  }

  static double shareOfRight(Map<String, Boolean> answers) {
    return answers.values().stream().mapToDouble(right -> right ? 1 : 0).average().orElseThrow();
  }
}
