package org.soft4j.study.grid;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.compare.KeptFile;
import org.soft4j.core.AppendLog;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Measurement;
import org.soft4j.report.RunReader;
import org.soft4j.soft.DroppedLabel;
import org.soft4j.soft.Label;
import org.soft4j.soft.LabelErrors;

/** A cell as its folder tells of it. */
public final class FinishedCell {
  private final StudyCell cell;
  private final RunReader run;
  private final List<Measurement> rows;
  private final Map<Integer, Map<Score, Map<String, Double>>> items = new HashMap<>();

  private FinishedCell(StudyCell cell, RunReader run) {
    this.cell = cell;
    this.run = run;
    rows = run.measurements();
  }

  static FinishedCell read(StudyCell cell, Path study) {
    return new FinishedCell(cell, new RunReader(cell.in(study)));
  }

  /** Which cell it is. */
  public StudyCell cell() {
    return cell;
  }

  /** All measurements. */
  public List<Measurement> measurements() {
    return rows;
  }

  /** The errors of its labels by round; without the rounds that counted none. */
  public Map<Integer, LabelErrors> labelErrors() {
    Map<Integer, LabelErrors> errors = new TreeMap<>();
    for (int round : run.rounds()) {
      run.labelErrors(round).ifPresent(table -> errors.put(round, table));
    }
    return errors;
  }

  /** The scores that stand for it. */
  public List<Score> scores() {
    return Score.of(run);
  }

  /** Its last measured round. */
  public int lastRound() {
    return rows.stream().mapToInt(Measurement::round).max().orElse(0);
  }

  /** The round that validation keeps. */
  public int kept() {
    return KeptFile.read(run.folder()).orElse(lastRound());
  }

  /** A score after a round; NaN where it was not measured. */
  public double mean(int round, Score score) {
    return rows.stream()
        .filter(
            m ->
                m.round() == round
                    && m.benchmark().equals(score.benchmark())
                    && m.shots() == score.shots()
                    && m.metric().equals(score.metric()))
        .mapToDouble(Measurement::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The score of each item after a round; none where the score has no values by item. */
  public Map<String, Double> items(int round, Score score) {
    return items
        .computeIfAbsent(round, key -> new HashMap<>())
        .computeIfAbsent(score, key -> read(round, key));
  }

  private Map<String, Double> read(int round, Score score) {
    Map<String, Double> values = new TreeMap<>();
    for (ItemSample sample : run.samples(round, score.benchmark(), score.shots()).values()) {
      if (sample.metrics().containsKey(score.metric())) {
        values.put(sample.item(), sample.metrics().get(score.metric()));
      }
    }
    return values;
  }

  /**
   * What it took.
   *
   * @param processorHours time at work, times the threads
   * @param written tokens of labels
   * @param learned tokens that training passed over
   */
  public record Cost(double processorHours, long written, long learned) {
    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0, 0);

    /** Both. */
    public Cost plus(Cost other) {
      return new Cost(
          processorHours + other.processorHours, written + other.written, learned + other.learned);
    }
  }

  /** What was computed for it; what was taken from another cell was paid there. */
  public Cost cost() {
    double seconds = 0;
    long written = 0;
    long learned = 0;
    for (JsonNode line : timings()) {
      seconds += line.path("seconds").asDouble();
      int round = line.path("round").asInt(-1);
      if (line.path("stage").asText().equals("label")) {
        written += run.labels(round).stream().mapToLong(Label::tokens).sum();
        written +=
            run.dropped(round).stream().map(DroppedLabel::label).mapToLong(Label::tokens).sum();
      } else if (line.path("stage").asText().equals("train")) {
        learned += learned(round);
      }
    }
    int threads = Math.max(1, run.description().path("model").path("threads").asInt(1));
    return new Cost(seconds * threads / 3600, written, learned);
  }

  private List<JsonNode> timings() {
    List<JsonNode> lines = new ArrayList<>();
    Path file = run.folder().resolve("timings.jsonl");
    for (String line : AppendLog.open(file).found()) {
      lines.add(Json.read(line, JsonNode.class, file.toString()));
    }
    return lines;
  }

  private long learned(int round) {
    Path file = run.folder().resolve("round-" + round).resolve("training.csv");
    return Files.exists(file)
        ? Csv.read(file).with(List.of("tokens")).rows().stream()
            .mapToLong(row -> row.whole("tokens"))
            .sum()
        : 0;
  }
}
