package org.soft4j.stages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.soft4j.core.JsonFault;
import org.soft4j.core.UserError;

/** Objects, one a line; every complaint names the file and the line. */
final class InputLines {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private InputLines() {}

  /** One line that is an object. */
  record Line(Path file, int number, JsonNode object) {
    String place() {
      return "%s, line %d".formatted(file, number);
    }

    /** A field that must be there and be a text. */
    String text(String field) {
      JsonNode value = object.path(field);
      if (!value.isTextual()) {
        String seen = value.isMissingNode() ? "no \"%s\"" : "a \"%s\" that is not a text";
        throw new UserError(
            "%s has %s.".formatted(place(), seen.formatted(field)),
            "Each line is an object such as {\"%s\": \"…\"}.".formatted(field));
      }
      return value.textValue();
    }
  }

  static void read(Path file, Consumer<Line> lines) {
    int number = 0;
    int found = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        // A byte order mark may begin the file, as some editors and spreadsheets write it.
        line = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
        if (!line.isBlank()) {
          lines.accept(parsed(file, number, line));
          found++;
        }
      }
      if (found == 0) {
        throw new UserError(
            "%s holds no line.".formatted(file), "Give one object a line, as --help shows them.");
      }
    } catch (CharacterCodingException failure) {
      throw new UserError(
          "%s is not UTF-8 text (after line %d).".formatted(file, number),
          "Save it as UTF-8.",
          failure);
    } catch (NoSuchFileException failure) {
      throw new UserError("There is no file %s.".formatted(file), "Check --input.", failure);
    } catch (IOException failure) {
      throw new UserError(
          "%s cannot be read: %s.".formatted(file, failure.getMessage()),
          "Check --input.",
          failure);
    }
  }

  private static Line parsed(Path file, int number, String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isObject()) {
        return new Line(file, number, node);
      }
      throw new UserError(
          "%s, line %d is not a JSON object.".formatted(file, number),
          "JSON Lines holds one object a line, such as {\"prompt\": \"…\"}.");
    } catch (JsonProcessingException failure) {
      throw new UserError(
          "%s, line %d, column %d is not JSON: %s"
              .formatted(
                  file, number, failure.getLocation().getColumnNr(), JsonFault.words(failure)),
          "JSON Lines holds one object a line, such as {\"prompt\": \"…\"}.",
          failure);
    }
  }
}
