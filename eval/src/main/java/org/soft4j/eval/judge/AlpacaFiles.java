package org.soft4j.eval.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.soft4j.core.Csv;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.files.AlpacaOutputs;

/**
 * AlpacaEval's annotations.json and leaderboard.csv. Beside AlpacaEval's own columns stand those of
 * both orders and of {@code length_controlled_minimal}, which is named so since it is not
 * AlpacaEval's length-controlled win rate.
 */
public final class AlpacaFiles {
  private AlpacaFiles() {}

  /** Writes annotations.json; a preference that could not be read is null, as AlpacaEval's. */
  public static void writeAnnotations(Path file, List<Preference> preferences, String annotator) {
    ArrayNode rows = Json.mapper().createArrayNode();
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
    WholeFile.write(file, Json.pretty(rows));
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
    return AlpacaOutputs.entries(file).stream()
        .map(
            entry ->
                new Preference(
                    entry.output("_1"),
                    entry.output("_2"),
                    preference(entry.fields(), "preference_game_1"),
                    preference(entry.fields(), "preference_game_2"),
                    entry.fields().path("raw_completion_game_1").asText(""),
                    entry.fields().path("raw_completion_game_2").asText("")))
        .toList();
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
    WholeFile.write(file, csv.replaceFirst("^\"\"", ""));
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
}
