package org.soft4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.TaskGroup;

/**
 * Metrics over whole tasks, their bootstrap errors and the scores of groups are those of
 * lm-evaluation-harness 0.4.13 (tools/golden/whole_task_metrics.py).
 */
class WholeTaskTest {
  private static JsonNode golden() throws IOException {
    try (InputStream in = WholeTaskTest.class.getResourceAsStream("whole_task.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  static Stream<JsonNode> cases() throws IOException {
    return StreamSupport.stream(golden().path("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreTheHarnesss(JsonNode expected) {
    Aggregate aggregate = Aggregate.named(expected.path("aggregate").asText()).orElseThrow();
    double value = expected.path("value").asDouble();
    assertEquals(value, aggregate.of(items(expected)), 1e-12 * Math.max(1, Math.abs(value)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bootstrapErrorsAreTheHarnesssReplicateForReplicate(JsonNode expected) {
    if (expected.path("error").isNull()) {
      return;
    }
    Aggregate aggregate = Aggregate.named(expected.path("aggregate").asText()).orElseThrow();
    List<List<Object>> items = items(expected);
    // The golden has 2,000 replicates where the harness would take 100,000.
    int replicates =
        List.of("bleu", "chrf", "chrf++", "ter").contains(aggregate.harnessName()) ? 100 : 2000;
    assertEquals(
        expected.path("error").asDouble(),
        Bootstrap.standardError(aggregate.over(items), items.size(), replicates),
        1e-9);
  }

  @Test
  void aggregatesThatTheHarnessGivesNoErrorForHaveNone() {
    List<List<Object>> items = List.of(List.of(0, 1), List.of(2, 2));
    assertTrue(Double.isNaN(Aggregate.WEIGHTED_F1.standardError(items)));
    assertTrue(Double.isNaN(Aggregate.F1.standardError(items.subList(0, 1)))); // one item
  }

  @Test
  void groupsWeighTasksByTheirItemsOrAllAlike() throws IOException {
    JsonNode group = golden().path("group");
    List<Measurement> rows = new ArrayList<>();
    List<String> names = List.of("a", "b", "c");
    for (int i = 0; i < names.size(); i++) {
      rows.add(
          new Measurement(
              0,
              names.get(i),
              0,
              "acc",
              group.path("values").get(i).asDouble(),
              group.path("errors").get(i).asDouble(),
              group.path("sizes").get(i).asInt(),
              0.5));
    }
    same(group.path("by_size"), measured(names, true, rows));
    same(group.path("alike"), measured(names, false, rows));
  }

  private static Measurement measured(List<String> names, boolean bySize, List<Measurement> rows) {
    TaskGroup.Rule rule = new TaskGroup.Rule("acc", List.of(), bySize);
    return new TaskGroup("all", "all", "1", names, names, List.of(rule)).measure(rows).get(0);
  }

  private static void same(JsonNode expected, Measurement measured) {
    assertEquals(expected.get(0).asDouble(), measured.value(), 1e-12);
    assertEquals(expected.get(1).asDouble(), measured.standardError(), 1e-12);
    assertEquals(416, measured.items()); // 100 + 16 + 300
  }

  private static List<List<Object>> items(JsonNode expected) {
    List<List<Object>> items = new ArrayList<>();
    for (JsonNode item : expected.path("items")) {
      List<Object> parts = new ArrayList<>();
      item.forEach(part -> parts.add(new ObjectMapper().convertValue(part, Object.class)));
      items.add(parts);
    }
    return items;
  }
}
