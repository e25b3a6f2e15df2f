package org.soft4j.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** A notebook file as its cells. */
record Notebook(JsonNode page) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();

  static Notebook named(String file) throws IOException {
    return read(FOLDER.resolve(file));
  }

  static Notebook read(Path file) throws IOException {
    return new Notebook(MAPPER.readTree(Files.readString(file)));
  }

  /** The code cells, in order. */
  List<JsonNode> code() {
    return StreamSupport.stream(page.path("cells").spliterator(), false)
        .filter(cell -> cell.path("cell_type").asText().equals("code"))
        .toList();
  }

  static String source(JsonNode cell) {
    JsonNode source = cell.path("source");
    StringBuilder text = new StringBuilder(source.isTextual() ? source.asText() : "");
    source.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  /** The page in small: one round, few items, a run folder of its own. */
  String small(Path runs) throws IOException {
    String text = MAPPER.writeValueAsString(page);
    return replaced(
        replaced(
            text,
            ".method(Method.SOFT_PLUS).rounds(3).seed(1)",
            ".method(Method.SOFT).rounds(1).seed(1).limit(5).set(\\\"training.epochs\\\", \\\"1\\\")"),
        "runs/quick-start",
        runs.resolve("small").toString().replace("\\", "\\\\\\\\"));
  }

  Notebook smallPage(Path runs) throws IOException {
    return new Notebook(MAPPER.readTree(small(runs)));
  }

  private static String replaced(String text, String old, String now) {
    if (!text.contains(old)) {
      throw new AssertionError("the notebook no longer says " + old);
    }
    return text.replace(old, now);
  }
}
