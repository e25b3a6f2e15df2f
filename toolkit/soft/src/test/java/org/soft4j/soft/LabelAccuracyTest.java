package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.Generation.Finish;

class LabelAccuracyTest {
  @Test
  void countsOverAllAndOverEachType() {
    var labels = List.of(label("fact", "yes"), label("fact", "no"), label("how", "yes"));
    var rows = LabelAccuracy.measure("labels", 2, 3, labels, (p, r) -> r.equals("yes"));
    assertEquals(List.of("all", "fact", "how"), rows.stream().map(row -> row.metric()).toList());
    assertEquals(2 / 3.0, rows.get(0).value(), 1e-12);
    assertEquals(0.5, rows.get(1).value());
    assertEquals(1, rows.get(2).items());
    assertEquals(List.of(), LabelAccuracy.measure("labels", 2, 3, List.of(), (p, r) -> true));
  }

  private static Label label(String type, String response) {
    return new Label("id", type, "prompt", List.of(), response, 1, Finish.STOP_TOKEN, 1, 0, 0);
  }
}
