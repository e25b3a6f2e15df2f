package org.soft4j.datasets.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.Csv;
import org.soft4j.core.JsonLines;
import org.soft4j.core.UserError;

/**
 * The rows of a set's file, whatever a row is there: a line of JSON Lines or CSV, an element of a
 * JSON array, or one of BIG-bench's {@code examples}.
 *
 * @param rows all of them; no later change reaches them
 */
public record SetRows(List<JsonNode> rows) {
  public SetRows {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a file by the end of its name.
   *
   * @throws UserError where it cannot be read
   */
  public static SetRows of(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".csv")) {
      return csv(file);
    }
    return name.endsWith(".jsonl") ? lines(file) : json(file);
  }

  private static SetRows json(Path file) {
    JsonNode json = BoundedJson.document(file, "Remove the file and fetch it again.");
    List<JsonNode> rows = new ArrayList<>();
    (json.isArray() ? json : json.path("examples")).forEach(rows::add);
    return new SetRows(rows);
  }

  private static SetRows lines(Path file) {
    List<JsonNode> rows = new ArrayList<>();
    JsonLines.read(file, line -> rows.add(line.object()));
    return new SetRows(rows);
  }

  private static SetRows csv(Path file) {
    List<JsonNode> rows = new ArrayList<>();
    for (Csv.Row line : Csv.read(file).rows()) {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      line.cells().forEach(row::put);
      rows.add(row);
    }
    return new SetRows(rows);
  }
}
