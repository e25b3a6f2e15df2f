package org.soft4j.eval.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.JsonLines;
import org.soft4j.core.WholeFile;

/** JSON Lines in pure ASCII, as Python's json.dumps writes them and any locale reads them. */
public final class FastChatLines {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private FastChatLines() {}

  /** A line of a file that can say where it stands. */
  public record Line(JsonLines.Line line) {
    /** Its value. */
    public ObjectNode object() {
      return line.object();
    }

    /** A field that must be there: a text, or a number as it is written. */
    public String text(String field) {
      JsonNode value = object().path(field);
      if (!value.isTextual() && !value.isNumber()) {
        throw line.fault(
            "\"" + field + "\" is missing; there is " + fields() + ".",
            "This is not a line of such a file; check the path.");
      }
      return value.asText();
    }

    /** A list of texts that holds at least one. */
    public List<String> texts(String field) {
      return texts(object().path(field), field);
    }

    List<String> texts(JsonNode array, String field) {
      if (array.isEmpty()) {
        throw line.fault(
            "\"" + field + "\" is missing or empty; there is " + fields() + ".",
            "This is not a line of such a file; check the path.");
      }
      List<String> texts = new ArrayList<>();
      array.forEach(text -> texts.add(text.asText()));
      return texts;
    }

    private List<String> fields() {
      return object().properties().stream().map(e -> e.getKey()).toList();
    }
  }

  /** Reads every line of a file. */
  public static <T> List<T> read(Path file, Function<Line, T> reading) {
    List<T> values = new ArrayList<>();
    JsonLines.read(file, line -> values.add(reading.apply(new Line(line))));
    return values;
  }

  /** Files of a folder whose names end so, in order; none where there is no folder. */
  public static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw FileFault.of(folder, e);
    }
  }

  /** Writes a file whose equal lines are equal bytes. */
  public static void write(Path file, List<ObjectNode> lines) {
    WholeFile.write(
        file, lines.stream().map(line -> ascii(line) + "\n").collect(Collectors.joining()));
  }

  private static String ascii(ObjectNode line) {
    try {
      return MAPPER.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every tree can be written", e);
    }
  }

  /** A line about a question. Whole numbers are written as numbers, as FastChat's own ids are. */
  public static ObjectNode object(String id) {
    ObjectNode line = MAPPER.createObjectNode();
    return id.matches("0|-?[1-9]\\d{0,17}")
        ? line.put("question_id", Long.parseLong(id))
        : line.put("question_id", id);
  }

  /** Texts as a JSON array. */
  public static ArrayNode array(List<String> texts) {
    return MAPPER.valueToTree(texts);
  }

  /** Whole numbers without a fraction, as Python's literal of the judge's digits. */
  public static void putNumber(ObjectNode line, String field, double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      line.put(field, (long) value);
    } else {
      line.put(field, value);
    }
  }
}
