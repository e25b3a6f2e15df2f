package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyCommandTest {
  @TempDir Path folder;

  private Shell study(String words) {
    String at = words.replace("@", folder.toString());
    return Shell.run(("study " + at + " --out " + folder.resolve("study")).split(" +"));
  }

  @Test
  void powerTellsWhatSoManySeedsAndItemsCanSee() {
    Shell shell = study("micro --methods single,soft --seeds 3 --limit 50 --power");
    assertEquals(0, shell.code(), shell.err());
    // By scipy: variances 0.01^2 of seeds, 0.05 of items and 0.05 of the rest; 10.96 and, at a
    // sixth of the level, 14.15.
    assertTrue(
        shell
            .out()
            .contains(
                "With 3 seeds and 50 items of micro_truth, micro_hhh, micro_answers you can see"
                    + " 11.0 points; 14.2 where all 6 tests are corrected for."),
        shell.out());
    assertTrue(Files.notExists(folder.resolve("study")), "nothing is made");
  }

  @Test
  void thePowerOfTheNextStudyGoesByTheSpreadsOfTheLast() throws IOException {
    Files.createDirectories(folder.resolve("study"));
    Files.writeString(
        folder.resolve("study/claims.csv"),
        "claim,spread_seeds,spread_items,spread_rest\na,0.03,0.1,0.3\nb,,0.1,0.3\n");
    Shell shell = study("micro --methods single,soft --seeds 10 --limit 80 --power");
    assertTrue(shell.out().contains("the mean spreads seen in"), shell.out());
    // By scipy, 5.327 for 80 items and 4.933 for 100.
    assertTrue(shell.out().contains("With 10 seeds and 80 items"), shell.out());
    assertTrue(shell.out().contains(" you can see 5.3 points"), shell.out());
    assertTrue(shell.out().matches("(?s).*\\n +10 +5\\.3 +4\\.9 .*"), shell.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "micr --power                                | Did you mean micro?",
        "micro --methods single,sofd --power         | Did you mean soft?",
        "micro --rates fast --power                  | --rates has",
        "micro --vary data.limits=3,4 --power        | Did you mean data.limit?",
        "micro --vary rounds=two,3 --power           | it needs a whole number",
        "micro --rounds 2 --worlds 1                 | has no worlds",
        "@/absent.yaml --power                       | no preset and no file",
      })
  void whatIsWrongIsToldBeforeAnythingIsMade(String words, String told) {
    Shell shell = study(words);
    assertEquals(2, shell.code(), shell.out());
    assertTrue(shell.err().contains(told), shell.err());
    assertTrue(Files.notExists(folder.resolve("study")), "nothing is made");
  }

  @Test
  void aRunJsonBeginsAStudyWithItsSettings() throws IOException {
    Path run =
        Files.writeString(
            folder.resolve("run.json"),
            "{\"schema_version\": 1, \"settings\": {\"rounds\": 2},"
                + " \"sources\": {\"preset\": \"micro\", \"model\": \"micro-1\"}}");
    Shell shell = study(run + " --methods soft --vary training.rank=4,8 --seeds 2 --power");
    assertEquals(0, shell.code(), shell.err());
  }
}
