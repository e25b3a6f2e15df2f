package org.soft4j.speed.machine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;

/** The scripts run; how fast is no claim of a test. */
@Tag("slow")
class LimitMeterTest {
  @Test
  void multipliesInEveryDtype() {
    try (LimitMeter meter = new LimitMeter(1)) {
      for (String dtype : new String[] {"float32", "bfloat16", "int8"}) {
        assertTrue(meter.rate(16, 32, 8, dtype) > 0, dtype);
      }
    }
  }

  @Test
  void refusesADtypeByName() {
    try (LimitMeter meter = new LimitMeter(1)) {
      UserError error = assertThrows(UserError.class, () -> meter.rate(16, 32, 8, "float8"));
      assertTrue(error.getMessage().contains("float8"));
    }
  }

  @Test
  void aProcessHasAPeakOfMemory() {
    byte[] some = new byte[1 << 20];
    assertTrue(PeakMemory.mebibytes() > some.length >> 20);
  }
}
