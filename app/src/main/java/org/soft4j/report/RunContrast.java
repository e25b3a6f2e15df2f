package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In what runs and evaluations differ that are set side by side, from their run.json and eval.json:
 * settings, adapter, data, template, model, versions.
 *
 * @param rows what they record, and not alike
 * @param partly what only some of them record, and these alike
 * @param alike how many entries are the same in all
 */
public record RunContrast(List<Row> rows, List<Row> partly, int alike) {
  private static final int LONGEST = 60;
  private static final int DIGEST = 13;
  private static final Set<String> LEFT_OUT =
      Set.of("origins", "left_out", "changes", "schema_version", "caveats", "groups", "notes");

  /** An entry: what it is of, its name, and a value per run. */
  public record Row(String part, String name, List<String> values) {}

  static RunContrast of(List<RunReader> runs) {
    List<Map<String, Row>> read = runs.stream().map(RunContrast::read).toList();
    Set<String> names = new LinkedHashSet<>();
    read.forEach(map -> names.addAll(map.keySet()));
    List<Row> rows = new ArrayList<>();
    List<Row> partly = new ArrayList<>();
    int alike = 0;
    for (String name : names) {
      Row any =
          read.stream().filter(map -> map.containsKey(name)).findFirst().orElseThrow().get(name);
      List<Optional<String>> values =
          read.stream()
              .map(map -> Optional.ofNullable(map.get(name)).map(row -> row.values().get(0)))
              .toList();
      Row row =
          new Row(
              any.part,
              any.name,
              values.stream().map(v -> v.map(text -> shown(name, text)).orElse("—")).toList());
      if (values.stream().flatMap(Optional::stream).distinct().count() > 1) {
        rows.add(row);
      } else if (values.stream().anyMatch(Optional::isEmpty)) {
        partly.add(row);
      } else {
        alike++;
      }
    }
    return new RunContrast(rows, partly, alike);
  }

  /** Entries by name; a run's settings and an evaluation's have the same names. */
  private static Map<String, Row> read(RunReader files) {
    JsonNode tree = files.description();
    Map<String, Row> entries = new LinkedHashMap<>();
    put(entries, "what", "kind", files.evaluation() ? "evaluation" : "run");
    if (!files.evaluation()) {
      put(entries, "what", "round that stands for it", files.shownInWords());
      put(entries, "what", "adapter", "its own, round-" + files.shown());
    }
    tree.properties().stream()
        .filter(e -> !LEFT_OUT.contains(e.getKey()))
        .forEach(
            e ->
                RunDescription.flat("", e.getValue())
                    .forEach(fact -> entry(entries, e.getKey(), fact)));
    return entries;
  }

  private static void entry(Map<String, Row> entries, String top, ReportPage.Fact fact) {
    String name = fact.name();
    if (name.equals("command")) {
      return;
    }
    switch (top) {
      case "settings", "sources" -> put(entries, part(name), name, fact.value());
      case "inputs" ->
          put(entries, name.startsWith("template") ? "template" : "data", name, fact.value());
      case "model" ->
          put(entries, "model", name.isEmpty() ? "model" : "model " + name, fact.value());
      case "endpoint" -> put(entries, "model", "endpoint " + name, fact.value());
      default -> put(entries, "versions", name.isEmpty() ? top : name, fact.value());
    }
  }

  private static String part(String name) {
    return switch (name) {
      case "adapter" -> "what";
      case "template", "apply_chat_template" -> "template";
      case "prompts", "pool", "data", "validation" -> "data";
      default -> "settings";
    };
  }

  private static void put(Map<String, Row> entries, String part, String name, String value) {
    entries.put(name, new Row(part, name, List.of(value)));
  }

  private static String shown(String name, String value) {
    if (value.isEmpty()) {
      return "none";
    }
    int most = name.matches(".*(digest|sha256|commit)") ? DIGEST : LONGEST;
    return value.length() <= most ? value : value.substring(0, most - 1) + "…";
  }
}
