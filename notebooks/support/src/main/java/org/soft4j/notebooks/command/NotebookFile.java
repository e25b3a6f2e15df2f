package org.soft4j.notebooks.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/**
 * A notebook as JSON (nbformat 4).
 *
 * @param page the whole file
 * @param name for errors
 */
record NotebookFile(ObjectNode page, String name) {
  private static final String PARAMETERS = "parameters";
  private static final String INJECTED = "injected-parameters";

  static NotebookFile read(Path file) {
    ObjectNode page = Json.read(WholeFile.read(file), ObjectNode.class, file.toString());
    if (!page.path("cells").isArray()) {
      throw new UserError(
          "%s is not a notebook of format 4.".formatted(file),
          "Open it in JupyterLab and save it, which converts it.");
    }
    return new NotebookFile(page, file.toString());
  }

  /** The file's content. */
  String text() {
    return Json.pretty(page);
  }

  /**
   * The same notebook with other values of its parameters, in a cell after the one tagged
   * "parameters"; a cell that an earlier call put there is replaced.
   */
  NotebookFile with(Map<String, String> values) {
    if (values.isEmpty()) {
      return this;
    }
    ObjectNode copy = page.deepCopy();
    ArrayNode cells = (ArrayNode) copy.get("cells");
    removeInjected(cells);
    int at = indexOf(cells, PARAMETERS);
    if (at < 0) {
      throw new UserError(
          "%s has no cell tagged \"%s\".".formatted(name, PARAMETERS),
          "Tag the cell that declares its variables (JupyterLab: the cell's properties), or leave"
              + " -p out.");
    }
    Parameters parameters = Parameters.of(source(cells.get(at)), name);
    for (int later = at + 1; later < cells.size(); later++) {
      requireKept(cells.get(later), values.keySet(), later);
    }
    cells.insert(at + 1, cell(parameters.overridden(values)));
    return new NotebookFile(copy, name);
  }

  private void requireKept(JsonNode cell, Set<String> given, int at) {
    if (!cell.path("cell_type").asText().equals("code")) {
      return;
    }
    Parameters.declaredAgain(source(cell), given)
        .ifPresent(
            parameter -> {
              throw new UserError(
                  String.format(
                      Locale.ROOT,
                      "%s declares %s again in a cell below the one tagged \"%s\" (number %d), which would undo -p %2$s.",
                      name,
                      parameter,
                      PARAMETERS,
                      at + 1),
                  "Give that variable another name, or assign to it without its type.");
            });
  }

  private static void removeInjected(ArrayNode cells) {
    for (int at = indexOf(cells, INJECTED); at >= 0; at = indexOf(cells, INJECTED)) {
      cells.remove(at);
    }
  }

  private static int indexOf(ArrayNode cells, String tag) {
    return IntStream.range(0, cells.size())
        .filter(i -> tagged(cells.get(i), tag))
        .findFirst()
        .orElse(-1);
  }

  private static boolean tagged(JsonNode cell, String tag) {
    return StreamSupport.stream(cell.path("metadata").path("tags").spliterator(), false)
        .anyMatch(t -> t.asText().equals(tag));
  }

  /** The text of a cell, which is one string or a list of lines. */
  static String source(JsonNode cell) {
    JsonNode source = cell.path("source");
    StringBuilder text = new StringBuilder(source.isTextual() ? source.asText() : "");
    source.forEach(line -> text.append(line.asText()));
    return text.toString();
  }

  private static ObjectNode cell(String source) {
    ObjectNode cell = Json.mapper().createObjectNode();
    cell.put("cell_type", "code");
    cell.put("id", INJECTED);
    cell.putNull("execution_count");
    cell.putObject("metadata").putArray("tags").add(INJECTED);
    cell.putArray("outputs");
    cell.put("source", source);
    return cell;
  }
}
