package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.remote.CostGate;

/** What a run tells before it begins. */
@Tag("slow")
class RunOutlineTest {
  @TempDir Path folder;

  private static final SoftSession SESSION =
      SoftSession.micro().rounds(2).limit(5).tasks(List.of("micro_truth", "micro_answers"));

  /** The texts are those of the settings that the session was given. */
  @Test
  void aPlanTellsWhatWouldBeDoneAndDoesNothing() throws Exception {
    RunOutline outline = SESSION.outline(SoftSession.RunOptions.of(LocalOpening.OPENER));
    List<String> names = outline.lines().stream().map(RunOutline.Line::name).toList();
    assertEquals(
        List.of(
            "model",
            "template",
            "prompts",
            "pool",
            "rounds",
            "training",
            "validation",
            "benchmarks",
            "device",
            "memory",
            "time",
            ""),
        names);
    assertTrue(text(outline, "model").startsWith("micro-1 ("), outline.toString());
    assertTrue(text(outline, "template").startsWith("micro, "), outline.toString());
    assertTrue(text(outline, "prompts").endsWith(" from micro"), outline.toString());
    assertEquals(
        "micro_truth (5 items at 0, 1, 3 shots), micro_answers (5 items at 0, 1, 3 shots);"
            + " measured 3 times",
        text(outline, "benchmarks"));
    assertTrue(text(outline, "rounds").startsWith("2 of soft+, prompts in each: "), "" + outline);
    assertTrue(
        text(outline, "time").matches("at most about .*: labelling .*, training .*, measuring .*"),
        "" + outline);
    assertTrue(text(outline, "").startsWith("from rates measured here in "), "" + outline);
    assertEquals(List.of(), outline.text().stream().filter(line -> line.length() > 80).toList());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aRunBeginsWithTheSameLinesWithoutTheTime() {
    List<String> notes = new ArrayList<>();
    SESSION
        .rounds(1)
        .run(
            folder.resolve("run"),
            new SoftSession.RunOptions(
                LocalOpening.OPENER,
                Progress.SILENT,
                notes::add,
                Cancellation.NEVER,
                CostGate.SHUT,
                false,
                false,
                true));
    assertTrue(notes.get(0).startsWith("model       micro-1 ("), notes.toString());
    assertFalse(notes.stream().anyMatch(line -> line.startsWith("time ")), notes.toString());
  }

  /** What two texts begin with in common is computed once: 3 + 2 + 1 characters. */
  @Test
  void sharedBeginningsAreCountedOnce() {
    assertEquals(6, RunWork.distinct(List.of("abcd", "abce", "abcd", "f")), 1e-12);
  }

  private static String text(RunOutline outline, String name) {
    return outline.lines().stream()
        .filter(line -> line.name().equals(name))
        .map(RunOutline.Line::text)
        .findFirst()
        .orElseThrow();
  }
}
