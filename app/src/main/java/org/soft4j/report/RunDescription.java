package org.soft4j.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads run.json or eval.json leniently: a report shall not fail on a key it does not know.
 *
 * @param run the tree
 */
record RunDescription(JsonNode run) {
  private static final List<String> SHOWN_ELSEWHERE =
      List.of("settings", "origins", "left_out", "changes", "caveats");

  /** A run in a sentence. */
  String summary(int rounds) {
    return "%s on %s: %s of %s rounds, seed %s."
        .formatted(method(), model(), rounds, Math.max(rounds, planned(rounds)), seed());
  }

  /** What was evaluated: the model, and its adapter where it has one. */
  String evaluated() {
    String adapter = run.path("settings").path("adapter").asText();
    return adapter.isEmpty() ? model() : model() + " with " + adapter;
  }

  /** The same, for the head of a table: of the adapter's path the end alone. */
  String evaluatedShort() {
    String adapter = run.path("settings").path("adapter").asText();
    String[] names = adapter.split("[/\\\\]");
    String end =
        String.join("/", Arrays.asList(names).subList(Math.max(0, names.length - 3), names.length));
    return adapter.isEmpty() ? model() : model() + " with " + end;
  }

  /** An evaluation in a sentence. */
  String evaluation() {
    return "%s, %s, %s shots."
        .formatted(
            evaluated(),
            run.path("settings").path("tasks").asText(),
            run.path("settings").path("shots").asText());
  }

  String method() {
    return run.path("settings").path("method").asText("soft+");
  }

  String model() {
    return run.path("model").path("name").asText("a model");
  }

  String seed() {
    return run.path("settings").path("seed").asText("unknown");
  }

  private int planned(int rounds) {
    return method().equals("single") ? 1 : run.path("settings").path("rounds").asInt(rounds);
  }

  List<OriginPanel.Setting> settings() {
    JsonNode origins = run.path("origins");
    return flat("", run.path("settings")).stream()
        .map(
            f ->
                new OriginPanel.Setting(
                    f.name(), f.value(), origins.path(f.name()).asText("default")))
        .toList();
  }

  List<ReportPage.Fact> environment() {
    List<ReportPage.Fact> facts = new ArrayList<>();
    run.properties().stream()
        .filter(e -> !SHOWN_ELSEWHERE.contains(e.getKey()))
        .forEach(e -> facts.addAll(flat(e.getKey(), e.getValue())));
    return facts;
  }

  String again() {
    String typed = run.path("sources").path("command").asText();
    return (typed.isEmpty() ? "./soft4j run --config run.json" : typed).replaceAll("\\s", " ");
  }

  /** The nested keys of a tree with dots between them. */
  static List<ReportPage.Fact> flat(String prefix, JsonNode node) {
    if (!node.isObject()) {
      String text = node.isValueNode() ? node.asText() : node.toString();
      return node.isMissingNode() ? List.of() : List.of(new ReportPage.Fact(prefix, text));
    }
    List<ReportPage.Fact> facts = new ArrayList<>();
    node.properties()
        .forEach(
            e ->
                facts.addAll(
                    flat(prefix.isEmpty() ? e.getKey() : prefix + "." + e.getKey(), e.getValue())));
    return facts;
  }
}
