package org.soft4j.datasets.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.soft4j.core.UserError;

/**
 * The rows of a set's file, whatever a row is there: a line of JSON Lines or CSV, an element of a
 * JSON array, or one of BIG-bench's {@code examples}.
 *
 * @param rows all of them
 */
public record SetRows(List<JsonNode> rows) {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  /** Copies the list. */
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
    try {
      if (name.endsWith(".csv")) {
        return csv(file);
      }
      return name.endsWith(".jsonl") ? lines(file) : json(file);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new UserError(
          "Cannot read " + file + ": " + e.getMessage(), "Remove the file and fetch it again.", e);
    }
  }

  /** Some editors begin a file with a byte order mark, which is no part of a column's name. */
  private static String text(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static SetRows json(Path file) throws IOException {
    JsonNode json = MAPPER.readTree(text(file));
    List<JsonNode> rows = new ArrayList<>();
    (json.isArray() ? json : json.path("examples")).forEach(rows::add);
    return new SetRows(rows);
  }

  private static SetRows lines(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : text(file).split("\n")) {
      if (!line.isBlank()) {
        rows.add(MAPPER.readTree(line));
      }
    }
    return new SetRows(rows);
  }

  private static SetRows csv(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (CSVParser parser = CSV.parse(new StringReader(text(file)))) {
      for (CSVRecord line : parser) {
        ObjectNode row = MAPPER.createObjectNode();
        line.toMap().forEach(row::put);
        rows.add(row);
      }
    }
    return new SetRows(rows);
  }
}
