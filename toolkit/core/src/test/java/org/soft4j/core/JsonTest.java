package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON (RFC 8259) has no NaN and no infinity; a text "NaN" would be a number to nobody else. */
class JsonTest {
  private record Two(double value, List<Double> values) {}

  @Test
  void whatIsAbsentIsNull() {
    assertEquals(
        "{\"value\":null,\"values\":[1.5,null]}",
        Json.line(new Two(Double.NaN, List.of(1.5, Double.NaN))));
    ObjectNode tree = Json.mapper().createObjectNode().put("value", Double.NaN);
    assertEquals("{\"value\":null}", Json.line(tree));
    assertTrue(Json.pretty(tree).contains("null"));
  }

  private record Rows(double[] values, float one) {}

  /** A generator writes arrays by a way of its own. */
  @Test
  void whatIsAbsentInAnArrayIsNullToo() {
    assertEquals(
        "{\"values\":[1.5,null],\"one\":null}",
        Json.line(new Rows(new double[] {1.5, Double.NaN}, Float.NaN)));
  }

  @Test
  void anInfinityIsNotWritten() {
    Two two = new Two(Double.NEGATIVE_INFINITY, List.of());
    assertThrows(IllegalArgumentException.class, () -> Json.line(two));
    assertThrows(
        IllegalArgumentException.class,
        () -> Csv.write(List.of("a"), List.of(List.of(Double.POSITIVE_INFINITY))));
  }

  @Test
  void aTableLeavesTheCellEmpty() {
    assertEquals("a,b\n1.5,\n", Csv.write(List.of("a", "b"), List.of(List.of(1.5, Double.NaN))));
  }
}
