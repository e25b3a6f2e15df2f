package org.soft4j.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads the JSON Lines that others wrote strictly, one object at a time: UTF-8, one whole object a
 * line, no repeated keys. Blank lines are skipped. Every fault names file, line and, where there is
 * one, column.
 */
public final class JsonLines {
  /** Rows of a file. */
  public static final int MOST_ROWS = 10_000_000;

  private static final String REMEDY =
      "Every line must be one whole JSON object, such as {\"prompt\": \"…\"}.";

  private final Path file;
  private final String remedy;
  private final ObjectReader reader;
  private int number;

  private JsonLines(Path file, String remedy, ObjectReader reader) {
    this.file = file;
    this.remedy = remedy;
    this.reader = reader;
  }

  /**
   * One line.
   *
   * @param file it stands in
   * @param number counted from 1
   * @param object its value
   */
  public record Line(Path file, int number, ObjectNode object) {
    /** A field that must be there and be a text. */
    public String text(String field) {
      JsonNode value = object.path(field);
      if (value.isTextual()) {
        return value.textValue();
      }
      String seen = value.isMissingNode() ? "there is no \"%s\"." : "\"%s\" is not a text.";
      throw fault(seen.formatted(field), "Write every line as {\"%s\": \"…\"}.".formatted(field));
    }

    /** A fault in this line. */
    public UserError fault(String problem, String remedy) {
      return new UserError("%s, line %s: %s".formatted(file, number, problem), remedy);
    }
  }

  /** Gives every line that is not blank to the consumer; a missing file is a UserError. */
  public static void read(Path file, Consumer<Line> lines) {
    read(file, REMEDY, lines);
  }

  /**
   * The same of a file that has another remedy.
   *
   * @param remedy what to do where a line is no object
   */
  public static void read(Path file, String remedy, Consumer<Line> lines) {
    open(file, input -> read(file, input, remedy, lines));
  }

  /** The same of a file that Python has written: NaN and Infinity are numbers. */
  public static void readWithNaN(Path file, String remedy, Consumer<Line> lines) {
    ObjectReader reader = BoundedJson.withNaN().reader();
    open(file, input -> new JsonLines(file, remedy, reader).read(input, lines));
  }

  /**
   * The same of bytes that were unpacked.
   *
   * @param file that they come from
   */
  public static void read(Path file, InputStream input, String remedy, Consumer<Line> lines)
      throws IOException {
    new JsonLines(file, remedy, BoundedJson.mapper().reader()).read(input, lines);
  }

  private interface Reading {
    void of(InputStream input) throws IOException;
  }

  private static void open(Path file, Reading reading) {
    try (InputStream input = new BufferedInputStream(InputFile.open(file))) {
      reading.of(input);
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
  }

  private void read(InputStream input, Consumer<Line> lines) throws IOException {
    try {
      for (int first = input.read(); first >= 0; first = input.read()) {
        number++;
        byte[] bytes = line(input, first);
        String text = Utf8.decode(number == 1 ? Utf8.withoutMark(bytes) : bytes, file, number);
        if (!text.isBlank()) {
          lines.accept(new Line(file, number, object(text)));
        }
      }
    } catch (OutOfMemoryError full) {
      throw BoundedJson.full("%s, line %s".formatted(file, number), full);
    }
  }

  private byte[] line(InputStream input, int first) throws IOException {
    if (number > MOST_ROWS) {
      throw beyond("there are more than %s rows.".formatted(MOST_ROWS));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int read = first; read >= 0 && read != '\n'; read = input.read()) {
      if (bytes.size() == BoundedJson.ROW_BYTES) {
        throw beyond("it is longer than %s bytes.".formatted(BoundedJson.ROW_BYTES));
      }
      bytes.write(read);
    }
    return bytes.toByteArray();
  }

  private UserError beyond(String problem) {
    return new UserError(
        "%s, line %s: %s".formatted(file, number, problem),
        "Write one object a line, and part a file that holds too many.");
  }

  private ObjectNode object(String text) {
    JsonNode node =
        BoundedJson.read(reader.forType(JsonNode.class), text, file.toString(), number, remedy);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new UserError("%s, line %s: not a JSON object.".formatted(file, number), remedy);
  }
}
