package org.soft4j.datasets;

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
import java.util.Optional;
import org.soft4j.core.JsonFault;
import org.soft4j.core.UserError;
import org.soft4j.core.Utf8;

/**
 * Reads JSON Lines strictly, one object at a time: UTF-8, one whole object a line, no repeated
 * keys. Blank lines are skipped. Every fault names file, line and, where there is one, column.
 */
public final class JsonLines implements AutoCloseable {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final InputStream input;
  private long line;

  /**
   * One line.
   *
   * @param number counted from 1
   * @param object its value
   */
  public record Line(long number, ObjectNode object) {}

  /** Opens a file; a missing one is a UserError. */
  public JsonLines(Path file) {
    this.file = file;
    try {
      this.input = new BufferedInputStream(Files.newInputStream(file));
    } catch (IOException e) {
      throw Utf8.unreadable(file, e);
    }
  }

  /** The next line that is not blank; empty at the end of the file. */
  public Optional<Line> next() {
    while (true) {
      Optional<String> text = nextText();
      if (text.isEmpty()) {
        return Optional.empty();
      }
      if (!text.get().isBlank()) {
        return Optional.of(new Line(line, parse(text.get())));
      }
    }
  }

  /** A fault in the line read last. */
  public UserError fault(String problem, String remedy) {
    return new UserError(file + ", line " + line + ": " + problem, remedy);
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      throw Utf8.unreadable(file, e);
    }
  }

  private Optional<String> nextText() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      int read = input.read();
      if (read < 0) {
        return Optional.empty();
      }
      while (read >= 0 && read != '\n') {
        bytes.write(read);
        read = input.read();
      }
    } catch (IOException e) {
      throw Utf8.unreadable(file, e);
    }
    line++;
    byte[] all = line == 1 ? Utf8.withoutMark(bytes.toByteArray()) : bytes.toByteArray();
    return Optional.of(Utf8.decode(all, file, line));
  }

  private ObjectNode parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new UserError(
          "%s, line %d, column %d: %s"
              .formatted(file, line, e.getLocation().getColumnNr(), JsonFault.words(e)),
          "Every line must be one whole JSON object, such as {\"prompt\": \"…\"}.",
          e);
    }
    throw fault("not a JSON object.", "Write every line as {\"prompt\": \"…\"}.");
  }
}
