package org.soft4j.benchmarks.fastchat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.core.JsonLines;
import org.soft4j.eval.JudgedBy;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.WritingItem;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.lm.Sampling;

/**
 * Conversations of FastChat's question.jsonl, with its temperatures; the answers are for a judge.
 */
public abstract class ChatTask implements TaskProvider {
  /** MT-Bench: conversations of two turns. */
  public static final class MtBench extends ChatTask {
    /** From the data folder, or {@code mt_bench.file}. */
    public MtBench() {
      super("mt_bench", "MT-Bench, 80 conversations of two turns in eight categories", "mt_bench");
    }
  }

  /** Vicuna-bench: open questions. */
  public static final class Vicuna extends ChatTask {
    /** From the data folder, or {@code vicuna.file}. */
    public Vicuna() {
      super("vicuna", "Vicuna-bench, 80 open questions in nine categories", "vicuna_bench");
    }
  }

  private static final Map<String, Double> TEMPERATURES =
      Map.of(
          "writing", 0.7,
          "roleplay", 0.7,
          "extraction", 0.0,
          "math", 0.0,
          "coding", 0.0,
          "reasoning", 0.0,
          "stem", 0.1,
          "humanities", 0.1);
  private static final double OTHER_TEMPERATURE = 0.7;

  private final String name;
  private final String summary;
  private final String folder;

  private ChatTask(String name, String summary, String folder) {
    this.name = name;
    this.summary = summary;
    this.folder = folder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public Task open(TaskOptions options) {
    Path file = options.path(name + ".file", "fastchat/%s/question.jsonl".formatted(folder));
    int most = (int) options.number(name + ".max_new_tokens", 1024);
    List<TaskItem> items = new ArrayList<>();
    JsonLines.read(file, line -> items.add(item(line, most)));
    return new Task(
            new TaskCard(
                name,
                "1",
                summary,
                "Zheng et al. 2023, arXiv 2306.05685",
                "Apache-2.0",
                items.size() + " questions of " + file.getFileName(),
                List.of(
                    new MetricCard("words", "words of an answer", Double.NaN, false),
                    new MetricCard("ended", "answers that the model ended by itself", Double.NaN)),
                List.of(
                    "answers of at most "
                        + most
                        + " tokens; temperature by category, as in FastChat",
                    "draws come from this program's own generator",
                    "an empty first answer stands as \"...\" before the second turn")),
            items)
        .judgedBy(new JudgedBy.Scores(FastChatAnswers.referencesBeside(file)));
  }

  private static TaskItem item(JsonLines.Line line, int most) {
    JsonNode turns = line.object().path("turns");
    JsonNode id = line.object().path("question_id");
    if (!id.isIntegralNumber() || !turns.isArray() || turns.isEmpty()) {
      throw line.fault("it has no question_id or no turns.", "Use question.jsonl of FastChat.");
    }
    List<String> said = new ArrayList<>();
    turns.forEach(turn -> said.add(turn.asText()));
    String category = line.object().path("category").asText();
    double temperature = TEMPERATURES.getOrDefault(category, OTHER_TEMPERATURE);
    Sampling sampling = new Sampling(temperature, 1, 0);
    return new WritingItem(
        id.asText(),
        category,
        said,
        new WritingItem.Writing(sampling, most, List.of(), id.asLong()));
  }
}
