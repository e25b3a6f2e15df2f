package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.template.value.PythonFloat;

/** Expected values come from Python: tools/golden/python_floats.py. */
class PythonFloatTest {
  @Test
  void floatsAreWrittenAsByPythonsRepr() throws IOException {
    try (InputStream file = PythonFloatTest.class.getResourceAsStream("floats.txt")) {
      String vectors = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : vectors.split("\n")) {
        String[] parts = line.split(" ");
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
        assertEquals(parts[1], PythonFloat.repr(value), "bits " + parts[0]);
      }
    }
  }

  @Test
  void anyFloatReadsBackTheSame() {
    Random random = new Random();
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(PythonFloat.repr(value)));
      }
    }
  }

  @Test
  void whatIsNoNumberIsWrittenAsPythonDoes() {
    assertEquals("-inf", PythonFloat.repr(Double.NEGATIVE_INFINITY));
    assertEquals("nan", PythonFloat.repr(Double.NaN));
  }
}
