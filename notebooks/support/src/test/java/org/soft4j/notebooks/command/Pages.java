package org.soft4j.notebooks.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The notebooks of this repository, as tests see them. */
final class Pages {
  private static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();

  private Pages() {}

  /** Every NN-topic.ipynb. */
  static List<Path> files() {
    try (Stream<Path> inside = Files.list(FOLDER)) {
      return inside
          .filter(file -> file.getFileName().toString().matches("\\d\\d-.+\\.ipynb"))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The page whose file is called so, without its ending. */
  static Path named(String name) {
    return FOLDER.resolve(name + ".ipynb");
  }

  /** The code cells of a page, in order. */
  static List<JsonNode> code(NotebookFile page) {
    return StreamSupport.stream(page.page().path("cells").spliterator(), false)
        .filter(cell -> cell.path("cell_type").asText().equals("code"))
        .toList();
  }

  /** Whether a page runs in CI: it then says by which parameters, in metadata.soft4j.ci. */
  static boolean inCi(NotebookFile page) {
    return page.page().at("/metadata/soft4j/ci").isObject();
  }

  /**
   * The page with its small parameters.
   *
   * @param folder what the parameter {@code folder} becomes, where the page has one
   */
  static NotebookFile small(NotebookFile page, Path folder) {
    return small(page, folder, Map.of());
  }

  /** The same with further parameters. */
  static NotebookFile small(NotebookFile page, Path folder, Map<String, String> others) {
    Map<String, String> values = new LinkedHashMap<>(others);
    page.page()
        .at("/metadata/soft4j/ci")
        .properties()
        .forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    String text = page.text();
    if (text.contains("String folder = ")) {
      values.put("folder", folder.toString());
    }
    return page.with(values);
  }
}
