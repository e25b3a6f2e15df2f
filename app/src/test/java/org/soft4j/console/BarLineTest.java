package org.soft4j.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Expected rates and times are the quotients written beside them. */
class BarLineTest {
  /** 900 in 90 s are 10/s; 1100 are left, 110 s. */
  private static final Pace LABELLING = new Pace(900, 0, 2000, 90);

  private static String line(String what, String unit, Pace pace, int columns) {
    return new BarLine(what, unit, pace, false).fitting(columns);
  }

  @Test
  void at80ColumnsEverythingIsThere() {
    assertEquals(
        "labelling, round 1 [====>     ]  45%  900/2000 prompts  10.0/s  1 min 50 s left",
        line("labelling, round 1", "prompts", LABELLING, 79));
  }

  @Test
  void at60ColumnsTheBarIsGoneAndNoFigureIs() {
    assertEquals(
        "labelling, round 1  45%  900/2000  10.0/s  1 min 50 s left",
        line("labelling, round 1", "prompts", LABELLING, 59));
    assertEquals(
        "finding difficulty, r…  123456/200000  137.2/s  9 min 18 s left",
        line("finding difficulty, round 10", "prompts", new Pace(123456, 0, 200000, 900), 63));
  }

  @Test
  void speedAndTimeLeftAreNeverCut() {
    for (int columns = 44; columns <= 120; columns++) {
      String line = line("a very long name of a step under way", "prompts", LABELLING, columns);
      assertTrue(line.endsWith("10.0/s  1 min 50 s left"), line);
      assertTrue(line.length() <= columns, line);
      assertTrue(line.startsWith("a very"), line);
    }
  }

  /** 3 in 96 s are one in 32 s; 9 are left, 288 s. */
  @Test
  void aSlowStepSaysHowLongAUnitTakes() {
    assertTrue(
        line("pages", "cells", new Pace(3, 0, 12, 96), 79)
            .endsWith("32.0 s each  4 min 48 s left"));
  }

  @Test
  void beforeTheFirstUnitAndWithoutATotalTheTimeSpentStandsThere() {
    assertEquals(
        "training [>                           ]  0%  0/40 steps  3.0 s so far",
        line("training", "steps", new Pace(0, 0, 40, 3), 79));
    assertEquals("fetch  7 MB  3.5/s  2.0 s so far", line("fetch", "MB", new Pace(7, 0, 0, 2), 79));
  }

  @Test
  void theLastLineSaysHowLongItTook() {
    assertEquals(
        "training  40/40 steps  2.0/s  in 20.0 s",
        new BarLine("training", "steps", new Pace(40, 0, 40, 20), true).fitting(79));
  }

  /** Two columns a letter. */
  @Test
  void wideLettersCountTwice() {
    String line = line("漢字漢字漢字漢字漢字漢字", "prompts", LABELLING, 50);
    assertTrue(Terminal.width(line) <= 50, line);
    assertTrue(line.endsWith("1 min 50 s left"), line);
  }
}
