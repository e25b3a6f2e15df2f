package org.soft4j.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads the JSON Lines that others wrote strictly, one object at a time: UTF-8, one whole object a
 * line, no repeated keys. Blank lines are skipped. Every fault names file, line and, where there is
 * one, column.
 */
public final class JsonLines {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Bytes of a line: a file without line breaks shall not fill the memory. */
  private static final int LONGEST = 256 * 1024 * 1024;

  private JsonLines() {}

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
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
      int number = 0;
      for (int first = input.read(); first >= 0; first = input.read()) {
        number++;
        byte[] bytes = line(input, first, file, number);
        String text = Utf8.decode(number == 1 ? Utf8.withoutMark(bytes) : bytes, file, number);
        if (!text.isBlank()) {
          lines.accept(new Line(file, number, parse(text, file, number)));
        }
      }
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
  }

  private static byte[] line(InputStream input, int first, Path file, int number)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int read = first; read >= 0 && read != '\n'; read = input.read()) {
      if (bytes.size() == LONGEST) {
        throw new UserError(
            "%s, line %s is longer than %s bytes.".formatted(file, number, LONGEST),
            "Write one object a line.");
      }
      bytes.write(read);
    }
    return bytes.toByteArray();
  }

  private static ObjectNode parse(String text, Path file, int number) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new UserError(
          "%s, line %s, column %s: %s"
              .formatted(file, number, e.getLocation().getColumnNr(), JsonFault.words(e)),
          "Every line must be one whole JSON object, such as {\"prompt\": \"…\"}.",
          e);
    }
    throw new UserError(
        "%s, line %s: not a JSON object.".formatted(file, number),
        "Write every line as {\"prompt\": \"…\"}.");
  }
}
