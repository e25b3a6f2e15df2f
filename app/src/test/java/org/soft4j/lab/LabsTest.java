package org.soft4j.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.run.SoftSession;

/** A cell that opens a lab, run again and again. */
@Tag("slow")
class LabsTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String REAL = "smollm2-135m-instruct";

  @Test
  void openingAModelAgainClosesTheLabThatHeldIt() {
    try (Labs labs = new Labs()) {
      Lab first = labs.open("micro");
      Path kept = first.shared().newPath().getParent();

      Lab second = labs.open(SoftSession.micro().seed(2));

      UserError closed =
          assertThrows(UserError.class, () -> first.base().label(first.prompts().first(1)));
      assertTrue(closed.getMessage().contains("closed"), closed::toString);
      assertFalse(Files.exists(kept), "its files are gone");
      assertEquals(1, second.base().label(second.prompts().first(1)).rowCount());
    }
  }

  @Test
  void aLabWithOtherSettingsSharesTheModel() {
    try (Labs labs = new Labs()) {
      Lab lab = labs.open("micro");
      Lab other = lab.set("demonstrations.shots", 1).seed(4).limit(5);

      assertEquals(1, other.draw("hello ?").rowCount());
      assertEquals(3, lab.draw("hello ?").rowCount());
      assertEquals(lab.shared(), other.shared());
    }
  }

  @Test
  void fiveRerunsOnARealModelLeaveMemoryFlat() throws IOException {
    assumeTrue(Files.exists(STATUS), "resident memory is read from /proc, which is not here");
    assumeTrue(fetched(), "not fetched: ./soft4j models fetch " + REAL);
    List<Long> memory = new ArrayList<>();
    try (Labs labs = new Labs()) {
      for (int run = 0; run < 6; run++) {
        Lab lab = labs.open(SoftSession.micro().model(REAL));
        lab.base().answer("Say a word.");
        memory.add(residentMegabytes());
      }
    }
    // What is not given back adds to memory at every opening; the allocator grows now and then.
    assertTrue(medianGrowth(memory) < 30, memory::toString);
    // One model in fp32 takes 540 MB.
    assertTrue(memory.get(5) - memory.get(1) < 540, memory::toString);
  }

  private static long medianGrowth(List<Long> memory) {
    long[] growth =
        IntStream.range(1, memory.size())
            .mapToLong(run -> memory.get(run) - memory.get(run - 1))
            .sorted()
            .toArray();
    return growth[growth.length / 2];
  }

  private static boolean fetched() {
    try {
      return Files.exists(LocalOpening.resolve(REAL));
    } catch (UserError absent) {
      return false;
    }
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
