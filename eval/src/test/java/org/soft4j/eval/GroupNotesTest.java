package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a group's score is of some of its tasks stands beside the samples, for the report. */
class GroupNotesTest {
  @TempDir Path folder;

  @Test
  void aScoreOfSomeTasksAloneIsKeptBesideTheSamples() {
    TaskGroup group =
        new TaskGroup(
            "all",
            "all",
            "1",
            List.of("a", "b"),
            List.of("a", "b"),
            List.of(new TaskGroup.Rule("acc", List.of(), true)));
    List<String> notes = group.missing(List.of(new Measurement(0, "a", 0, "acc", 1, 0, 2, 0.5)));
    assertEquals(List.of("all acc is of 1 of 2 tasks; it is missing in b"), notes);
    TaskGroup.writeNotes(folder, notes);
    assertEquals(notes, TaskGroup.readNotes(folder));
  }

  @Test
  void whereThereIsNothingToSayThereIsNoFile() {
    TaskGroup.writeNotes(folder, List.of());
    assertEquals(0, folder.toFile().list().length);
    assertEquals(List.of(), TaskGroup.readNotes(folder));
  }
}
