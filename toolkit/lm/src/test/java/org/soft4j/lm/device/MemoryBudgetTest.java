package org.soft4j.lm.device;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

class MemoryBudgetTest {
  private static final long GIB = 1L << 30;

  private static Architecture shape() {
    try (ModelSource source = ModelFiles.open(Path.of("src/test/resources/golden/llama-wide"))) {
      return source.architecture();
    }
  }

  @Test
  void roomEnoughGivesTheUsefulMaximaAndNoMore() {
    MemoryBudget processor = MemoryBudget.of(64 * GIB, false, shape());
    assertEquals(new MemoryBudget(512, 32, 2 * GIB, 24 << 20, 4 * GIB), processor);
    assertEquals(processor, MemoryBudget.of(640 * GIB, false, shape()));
    // Half of 80 GiB, down to a power of two.
    assertEquals(
        new MemoryBudget(4096, 256, 32 * GIB, 512 << 20, 32 * GIB),
        MemoryBudget.of(80 * GIB, true, shape()));
  }

  @Test
  void fluctuationsChangeNothing() {
    MemoryBudget quiet = MemoryBudget.of(20 * GIB, false, shape());
    for (long megabytes = 17_000; megabytes < 24_000; megabytes += 13) {
      assertEquals(quiet, MemoryBudget.of(megabytes << 20, false, shape()));
    }
  }

  @Test
  void lessRoomNeverGivesMoreAndNothingFallsBelowAWorkingMinimum() {
    for (boolean gpu : new boolean[] {false, true}) {
      MemoryBudget larger = MemoryBudget.of(1L << 45, gpu, shape());
      for (long free = 1L << 45; free > 0; free = free * 2 / 3) {
        MemoryBudget seen = MemoryBudget.of(free, gpu, shape());
        assertTrue(seen.tokens() <= larger.tokens() && seen.tokens() >= 16, "" + seen);
        assertTrue(seen.sequences() <= larger.sequences() && seen.sequences() >= 1, "" + seen);
        assertTrue(seen.cacheBytes() <= larger.cacheBytes() && seen.cacheBytes() >= 16 << 20);
        assertTrue(seen.logitBytes() <= larger.logitBytes());
        assertTrue(seen.logitBytes() >= 4L * shape().vocabularySize(), "one row of logits");
        assertTrue(seen.activationBytes() <= larger.activationBytes());
        larger = seen;
      }
      assertEquals(16, larger.tokens());
      assertEquals(1, larger.sequences());
    }
  }

  @Test
  void weightsThatDoNotFitAreRefusedWithBytesAndWays() {
    assertDoesNotThrow(() -> MemoryBudget.requireRoom("small", GIB, 4, "cpu", 4 * GIB));
    UserError error =
        assertThrows(
            UserError.class, () -> MemoryBudget.requireRoom("large", GIB, 4, "gpu:0", 3 * GIB));
    assertEquals(
        "The weights of large need 4.00 GiB (4,294,967,296 bytes) in memory,"
            + " and gpu:0 has 3.00 GiB (3,221,225,472 bytes) free.",
        error.getMessage());
    assertEquals(
        "Use --dtype bfloat16, which needs 2.00 GiB (2,147,483,648 bytes), or --device cpu,"
            + " or a smaller model, or end other programs there.",
        error.remedy());
    UserError brain =
        assertThrows(UserError.class, () -> MemoryBudget.requireRoom("large", GIB, 2, "cpu", GIB));
    assertEquals("Use a smaller model, or end other programs there.", brain.remedy());
  }
}
