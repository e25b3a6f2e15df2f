package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UserErrorTest {
  @Test
  void whatATerminalWouldObeyIsEscaped() {
    UserError error = new UserError("bad key \"\u001b[2J\u009b31m\r\"", "Type:\n\tfetch it");
    assertEquals("bad key \"\\u001b[2J\\u009b31m\\u000d\"", error.getMessage());
    assertEquals("Type:\n\tfetch it", error.remedy());
    assertEquals("no x\\u000d\nin it", new UserError("bad", "no x\r\nin it").remedy());
  }

  @Test
  void aQuotedFileDoesNotFillTheScreen() {
    UserError error = new UserError("x".repeat(1_000_000), "y".repeat(1_000_000));
    assertTrue(error.toString().length() < 4100, "letters: " + error.toString().length());
    assertTrue(error.getMessage().endsWith("x…"), "the cut is shown");
  }
}
