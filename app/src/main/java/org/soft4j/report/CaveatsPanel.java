package org.soft4j.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.eval.CaveatTally;
import org.soft4j.eval.TaskGroup;
import org.soft4j.lm.Caveat;

/** Answers that were not plain, counted by what they had, from the samples of every round. */
public final class CaveatsPanel {
  private CaveatsPanel() {}

  /** The body. */
  public record Body(List<Row> rows) {}

  /**
   * A count.
   *
   * @param who the round; empty where one model was evaluated
   * @param task the benchmark with its number of demonstrations
   * @param caveat in words
   * @param items of how many, such as {@code 3 of 80}
   */
  public record Row(String who, String task, String caveat, String items) {}

  static Optional<ReportPage.Panel> of(RunReader files) {
    List<Row> rows = new ArrayList<>();
    if (files.evaluation()) {
      add(rows, "", files.folder());
    } else {
      List<Path> measured = files.measured();
      for (int round = 0; round < measured.size(); round++) {
        add(rows, ScoreTable.round(round), measured.get(round).resolve("eval"));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportPage.Panel("caveats", "Answers that are not plain", new Body(rows)));
  }

  private static void add(List<Row> rows, String who, Path samples) {
    for (CaveatTally.Row row : CaveatTally.read(samples).rows()) {
      rows.add(
          new Row(
              who,
              "%s, %s-shot".formatted(row.task(), row.shots()),
              Caveat.words(row.caveat()),
              "%s of %s".formatted(row.items(), row.of())));
    }
    TaskGroup.readNotes(samples).forEach(note -> rows.add(new Row(who, "groups", note, "")));
  }
}
