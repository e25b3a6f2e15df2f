package org.soft4j.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
  @ParameterizedTest
  @CsvSource({
    "%.1f, 96.25, 96.3",
    "%+.1f, 1.7, +1.7",
    "%+.1f, -1.7, -1.7",
    // Rounded to nothing: no sign of its own.
    "%+.1f, -0.04, +0.0",
    "%.2f, -0.001, 0.00",
    "%.1f, NaN, ''",
    "%.1f, Infinity, ''"
  })
  void aNumberAsTablesShowIt(String form, double value, String shown) {
    assertEquals(shown, Decimals.text(form, value));
  }
}
