package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;

class OpenSettingsTest {
  @Test
  void moreThreadsThanAnyMachineHasAreRefusedWithTheNumberOfProcessors() {
    int processors = Runtime.getRuntime().availableProcessors();
    UserError error = assertThrows(UserError.class, () -> OpenSettings.AUTO.withThreads(1_000_000));
    assertTrue(error.getMessage().contains("1000000"), error.getMessage());
    assertTrue(error.getMessage().contains(processors + " processors"), error.getMessage());
    assertEquals(64, OpenSettings.AUTO.withThreads(64).threads(), "as a larger machine has them");
  }
}
