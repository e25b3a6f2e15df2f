package org.soft4j.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;

class EmbeddedModelsTest {
  @TempDir Path temp;

  @Test
  void aHomeThatCannotBeMadeIsToldInWords() {
    // Linux lets nobody make anything in /proc, and says that it is not there.
    assumeTrue(Files.exists(Path.of("/proc/self")), "no /proc on this system");
    UserError error = refusal(Path.of("/proc/x"));
    assertEquals(
        "The embedded model cannot be unpacked to /proc/x/micro-1: no folder can be made there.",
        error.getMessage());
    assertTrue(error.remedy().contains("SOFT4J_HOME"), error.remedy());
  }

  @Test
  void aFileInTheWayIsToldInWords() throws IOException {
    Path file = Files.writeString(temp.resolve("home"), "");
    UserError error = refusal(file);
    assertTrue(error.getMessage().endsWith(": a file is in the way of a folder."));
  }

  private static UserError refusal(Path cache) {
    return assertThrows(UserError.class, () -> EmbeddedModels.unpack("micro-1", cache));
  }
}
