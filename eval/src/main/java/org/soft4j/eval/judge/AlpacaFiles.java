package org.soft4j.eval.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.core.JsonFault;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;

/**
 * AlpacaEval's model_outputs.json, annotations.json and leaderboard.csv. Beside AlpacaEval's own
 * columns stand those of both orders and of {@code length_controlled_minimal}, which is named so
 * since it is not AlpacaEval's length-controlled win rate.
 */
public final class AlpacaFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String MODEL = "model";

  private AlpacaFiles() {}

  /** Reads an array of {@code {instruction, output, generator, dataset?}}. */
  public static List<Answer> readOutputs(Path file) {
    List<Answer> outputs = new ArrayList<>();
    for (JsonNode row : array(file)) {
      outputs.add(output(row, "", file, outputs.size()));
    }
    if (outputs.isEmpty()) {
      throw new UserError(file + " holds no outputs.", "Give a model_outputs.json that does.");
    }
    return outputs;
  }

  /** Writes model_outputs.json. */
  public static void writeOutputs(Path file, List<Answer> outputs) {
    ArrayNode rows = MAPPER.createArrayNode();
    for (Answer output : outputs) {
      ObjectNode row = rows.addObject();
      if (!output.category().isEmpty()) {
        row.put("dataset", output.category());
      }
      row.put("instruction", output.instruction());
      row.put("output", output.output()).put("generator", output.model());
    }
    RunFolder.writeWhole(file, Json.pretty(rows));
  }

  /** Writes annotations.json; a preference that could not be read is null, as AlpacaEval's. */
  public static void writeAnnotations(Path file, List<Preference> preferences, String annotator) {
    ArrayNode rows = MAPPER.createArrayNode();
    for (Preference preference : preferences) {
      ObjectNode row = rows.addObject();
      row.put("dataset", preference.baseline().category());
      row.put("instruction", preference.baseline().instruction());
      row.put("output_1", preference.baseline().output());
      row.put("generator_1", preference.baseline().model());
      row.put("output_2", preference.output().output());
      row.put("generator_2", preference.output().model());
      row.put("annotator", annotator);
      put(row, "preference", preference.value());
      put(row, "preference_game_1", preference.game1());
      put(row, "preference_game_2", preference.game2());
      row.put("raw_completion_game_1", preference.reply1());
      row.put("raw_completion_game_2", preference.reply2());
    }
    RunFolder.writeWhole(file, Json.pretty(rows));
  }

  private static void put(ObjectNode row, String field, OptionalDouble value) {
    if (value.isPresent()) {
      row.put(field, value.getAsDouble());
    } else {
      row.putNull(field);
    }
  }

  /** Reads annotations.json, AlpacaEval's or ours; AlpacaEval's one game stands for both. */
  public static List<Preference> readAnnotations(Path file) {
    List<Preference> preferences = new ArrayList<>();
    for (JsonNode row : array(file)) {
      int index = preferences.size();
      preferences.add(
          new Preference(
              output(row, "_1", file, index),
              output(row, "_2", file, index),
              preference(row, "preference_game_1"),
              preference(row, "preference_game_2"),
              row.path("raw_completion_game_1").asText(""),
              row.path("raw_completion_game_2").asText("")));
    }
    return preferences;
  }

  private static Answer output(JsonNode row, String side, Path file, int index) {
    return Answer.of(
        text(row, "instruction", file, index),
        text(row, "output" + side, file, index),
        text(row, "generator" + side, file, index),
        row.path("dataset").asText(""));
  }

  private static OptionalDouble preference(JsonNode row, String field) {
    JsonNode value = row.has(field) ? row.path(field) : row.path("preference");
    // AlpacaEval's older files write 0 for a draw.
    return value.isNumber()
        ? OptionalDouble.of(value.asDouble() == 0 ? 1.5 : value.asDouble())
        : OptionalDouble.empty();
  }

  /** Writes leaderboard.csv. */
  static void writeLeaderboard(Path file, AlpacaReport report) {
    Map<String, Object> row = row(report);
    String csv = Csv.write(List.copyOf(row.keySet()), List.of(List.copyOf(row.values())));
    // pandas leaves the name of the index empty and unquoted.
    RunFolder.writeWhole(file, csv.replaceFirst("^\"\"", ""));
  }

  private static Map<String, Object> row(AlpacaReport report) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("", report.generator());
    row.put("win_rate", report.winRate());
    row.put("standard_error", report.standardError());
    row.put("n_wins", report.wins());
    row.put("n_wins_base", report.baselineWins());
    row.put("n_draws", report.draws());
    row.put("n_total", report.total());
    row.put("mode", "community");
    row.put("avg_length", report.averageLength());
    row.put("discrete_win_rate", report.discreteWinRate());
    row.put("length_controlled_minimal", report.lengthControlledMinimal().value());
    row.put("length_controlled_minimal_se", report.lengthControlledMinimal().standardError());
    row.put("n_unparsed", report.unread());
    row.put("flip_rate", report.flipRate());
    row.put("first_position_rate", report.firstPositionRate());
    return row;
  }

  /** Reads the rows of a leaderboard.csv by column; the nameless first one is called model. */
  public static List<Map<String, String>> readLeaderboard(Path file) {
    String text = RunFolder.read(file);
    String named = text.startsWith(",") ? MODEL + text : text;
    return Csv.read(named, List.of(MODEL, "win_rate", "standard_error"), file.toString());
  }

  private static JsonNode array(Path file) {
    try {
      JsonNode root = MAPPER.readTree(RunFolder.read(file));
      if (root.isArray()) {
        return root;
      }
      throw new UserError(
          file + " is not a JSON array.", "Give a file as AlpacaEval writes it: [{…}, …].");
    } catch (JsonProcessingException e) {
      throw new UserError(
          "%s, line %d, column %d: %s"
              .formatted(
                  file,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  JsonFault.words(e)),
          "Give a file as AlpacaEval writes it: [{…}, …].",
          e);
    }
  }

  private static String text(JsonNode row, String field, Path file, int index) {
    if (!row.path(field).isTextual()) {
      throw new UserError(
          "%s, entry %d has no text \"%s\".".formatted(file, index + 1, field),
          "Every entry is {\"instruction\", \"output\", \"generator\"}.");
    }
    return row.path(field).textValue();
  }
}
