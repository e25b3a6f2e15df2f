package org.soft4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;
import org.soft4j.soft.LabelErrors;

/** Errors of labels beside the cells of a study, whose own lines they do not touch. */
class CellErrorsTest {
  @TempDir Path folder;

  private static CellErrors.Made made(long seed, int wrong) {
    Cell cell =
        new Cell(1, "soft", seed, 0.004, "test", List.of(new Cell.Scores(1, Map.of("a b", 0.5))));
    LabelErrors table =
        new LabelErrors(
            List.of(
                new LabelErrors.Row("all", "wrong", 40, 40, wrong, wrong),
                new LabelErrors.Row("all", "any", 40, 40, wrong, wrong)));
    return new CellErrors.Made(cell, List.of(new CellErrors.Round(1, table)));
  }

  @Test
  void aLineOfCellsIsWhatItWas() throws IOException {
    try (RunFolder locked = RunFolder.open(folder, FolderKind.STUDY)) {
      new CellStore(locked).add(made(3, 10));
      CellStore again = new CellStore(locked);
      assertEquals(10, errors(again, 3).rounds().get(0).table().rows().get(0).errors());
    }
    assertEquals(
        "{\"world\":1,\"condition\":\"soft\",\"seed\":3,\"learning_rate\":0.004,"
            + "\"purpose\":\"test\",\"rounds\":[{\"at\":1,\"values\":{\"a b\":0.5}}]}\n",
        Files.readString(folder.resolve("cells.jsonl")));
  }

  /** A kill between the two lines leaves the errors of a cell that is run again. */
  @Test
  void aCellThatIsMadeAgainHasItsErrorsOnce() throws IOException {
    try (RunFolder locked = RunFolder.open(folder, FolderKind.STUDY)) {
      new CellStore(locked).add(made(3, 10));
      Files.delete(folder.resolve("cells.jsonl"));
      CellStore resumed = new CellStore(locked);
      resumed.add(made(3, 10));
      resumed.add(made(4, 20));
    }
    assertEquals(2, Files.readAllLines(folder.resolve("label_errors.jsonl")).size());
  }

  /** 10 and 20 of 40 labels each: 37.5 of a hundred over both seeds. */
  @Test
  void conditionsStandInATableAndWhatIsNotCountedIsSaid() {
    List<CellErrors> cells = List.of(found(made(3, 10)), found(made(4, 20)));
    String table = CellErrors.markdown(cells, 2);
    assertTrue(table.contains("Not counted in 2 cells of an earlier version."), table);
    assertTrue(table.contains("| soft, round 1 | 80 | 37.5 |  |"), table);
    assertTrue(table.endsWith("| 37.5 |\n"), table);
    assertTrue(
        CellErrors.csv(cells).contains("1,soft,4,1,all,wrong,40,40,20,20\n"),
        CellErrors.csv(cells));
  }

  /** As a cluster's executor hands a cell over. */
  @Test
  void aMadeCellSurvivesItsWayAsALine() {
    CellErrors.Made made = made(3, 10);
    assertEquals(made, Json.read(Json.line(made), CellErrors.Made.class, "a cell"));
  }

  private static CellErrors found(CellErrors.Made made) {
    return new CellErrors(made.cell().key(), made.errors());
  }

  private static CellErrors errors(CellStore store, long seed) {
    return store.errors(made(seed, 0).cell().key()).orElseThrow();
  }
}
