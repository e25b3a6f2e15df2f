package org.soft4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected tables are written by hand. */
class TextTableTest {
  private static final List<List<String>> SCORES =
      List.of(
          List.of("task", "base", "round 1", "round 2"),
          List.of("truth", "21.3", "88.8", "92.5"),
          List.of("hhh", "22.1", "95.4", "100.0"));

  @Test
  void aTableThatFitsIsOneTable() {
    String whole =
        """
        task   base  round 1  round 2
        truth  21.3     88.8     92.5
        hhh    22.1     95.4    100.0
        """;
    assertEquals(whole, TextTable.of(SCORES, 1));
    assertEquals(whole, TextTable.within(SCORES, 1, 29));
  }

  @Test
  void aWiderOneIsPartedBetweenColumnsAndNoCellIsLost() {
    assertEquals(
        """
        task   base  round 1
        truth  21.3     88.8
        hhh    22.1     95.4

        task   round 2
        truth     92.5
        hhh      100.0
        """,
        TextTable.within(SCORES, 1, 28));
    assertTrue(TextTable.within(SCORES, 1, 1).contains("hhh      100.0"), "one column at least");
  }
}
