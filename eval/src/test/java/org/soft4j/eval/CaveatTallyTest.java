package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an evaluation tells of answers that are not plain, counted from its samples files. */
class CaveatTallyTest {
  @TempDir private Path folder;

  @Test
  void countsItemsByTaskShotsAndReason() throws Exception {
    SampleFile.write(
        folder.resolve("arith-0shot.jsonl"),
        List.of(
            sample("a", List.of()),
            sample("b", List.of("cut_off", "reasoning_unfinished")),
            sample("c", List.of("cut_off"))));
    SampleFile.write(folder.resolve("arith-3shot.jsonl"), List.of(sample("a", List.of())));
    Files.writeString(folder.resolve("items-arith.jsonl"), "{\"no\": \"sample\"}\n");

    CaveatTally tally = CaveatTally.read(folder);

    assertEquals(
        List.of(
            "arith, 0-shot: 2 of 3 items: cut off at the bound on tokens",
            "arith, 0-shot: 1 of 3 items: ended inside its reasoning"),
        tally.lines());
    assertEquals(
        Map.of("arith-0shot", Map.of("cut_off", 2, "reasoning_unfinished", 1)), tally.byTask());
  }

  @Test
  void writesNothingIntoSamplesOfPlainAnswers() throws Exception {
    Path file = folder.resolve("arith-0shot.jsonl");
    SampleFile.write(file, List.of(sample("a", List.of())));
    assertEquals(
        "{\"item\":\"a\",\"key\":\"k\",\"demonstrations\":[],\"metrics\":{\"acc\":1.0},"
            + "\"chosen\":\"x\",\"log_probabilities\":[],\"greedy\":[],\"texts\":[\"x\"]}\n",
        Files.readString(file));
    assertEquals(List.of(sample("a", List.of())), SampleFile.read(file));
  }

  private static ItemSample sample(String item, List<String> caveats) {
    return new ItemSample(
        item,
        "k",
        List.of(),
        Map.of("acc", 1.0),
        "x",
        List.of(),
        List.of(),
        List.of("x"),
        caveats,
        Map.of());
  }
}
