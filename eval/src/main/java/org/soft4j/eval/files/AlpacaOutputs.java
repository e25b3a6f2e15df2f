package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/**
 * AlpacaEval's model_outputs.json: an array of {@code {instruction, output, generator, dataset?}}.
 */
public final class AlpacaOutputs {
  private static final String FORM = "Give a file as AlpacaEval writes it: [{…}, …].";

  private AlpacaOutputs() {}

  /**
   * An entry of one of AlpacaEval's files that can say where it stands.
   *
   * @param file it stands in
   * @param number counted from 1
   * @param fields its values
   */
  public record Entry(Path file, int number, JsonNode fields) {
    /** The output of a side: {@code _1} or {@code _2} in annotations, nothing in outputs. */
    public Answer output(String side) {
      return Answer.of(
          text("instruction"),
          text("output" + side),
          text("generator" + side),
          fields.path("dataset").asText(""));
    }

    private String text(String field) {
      if (!fields.path(field).isTextual()) {
        throw new UserError(
            "%s, entry %s has no text \"%s\".".formatted(file, number, field),
            "Every entry is {\"instruction\", \"output\", \"generator\"}.");
      }
      return fields.path(field).textValue();
    }
  }

  /** Reads the outputs of a file, which holds at least one. */
  public static List<Answer> read(Path file) {
    List<Answer> outputs = entries(file).stream().map(entry -> entry.output("")).toList();
    if (outputs.isEmpty()) {
      throw new UserError(file + " holds no outputs.", "Give a model_outputs.json that does.");
    }
    return outputs;
  }

  /** Writes model_outputs.json. */
  public static void write(Path file, List<Answer> outputs) {
    ArrayNode rows = Json.mapper().createArrayNode();
    for (Answer output : outputs) {
      ObjectNode row = rows.addObject();
      if (!output.category().isEmpty()) {
        row.put("dataset", output.category());
      }
      row.put("instruction", output.instruction());
      row.put("output", output.output()).put("generator", output.model());
    }
    WholeFile.write(file, Json.pretty(rows));
  }

  /** The entries of an array in a file. */
  public static List<Entry> entries(Path file) {
    JsonNode root = BoundedJson.document(file, FORM);
    if (!root.isArray()) {
      throw new UserError(file + " is not a JSON array.", FORM);
    }
    List<Entry> entries = new ArrayList<>();
    root.forEach(row -> entries.add(new Entry(file, entries.size() + 1, row)));
    return entries;
  }
}
