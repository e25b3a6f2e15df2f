package org.soft4j.study.grid;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.soft4j.core.FolderKind;
import org.soft4j.core.RunFolder;

/**
 * A study of which all cells have come to their end.
 *
 * @param folder of the study
 * @param study what was run
 * @param cells those that are reported
 * @param tuning those that chose the learning rates
 * @param rates chosen for each method
 */
public record FinishedStudy(
    Path folder,
    GridStudy study,
    List<StudyCell> cells,
    List<StudyCell> tuning,
    Map<String, Double> rates) {
  /** Copies what it is given. */
  public FinishedStudy {
    cells = List.copyOf(cells);
    tuning = List.copyOf(tuning);
    rates = new LinkedHashMap<>(rates);
  }

  /** What was run. */
  public StudyDesign design() {
    return study.design();
  }

  /** Reads the cells of a condition, in the order of the seeds. */
  public Map<StudyCondition, List<FinishedCell>> read() {
    Map<StudyCondition, List<FinishedCell>> read = new LinkedHashMap<>();
    for (StudyCondition condition : design().conditions()) {
      read.put(
          condition,
          cells.stream()
              .filter(cell -> cell.condition().equals(condition))
              .map(cell -> FinishedCell.read(cell, folder))
              .toList());
    }
    return read;
  }

  /** What the choice of learning rates took. */
  public FinishedCell.Cost tuningCost() {
    return tuning.stream()
        .map(cell -> FinishedCell.read(cell, folder).cost())
        .reduce(FinishedCell.Cost.NONE, FinishedCell.Cost::plus);
  }

  /** Removes what was trained. */
  void slim() {
    Stream.concat(cells.stream(), tuning.stream())
        .forEach(
            cell -> {
              try (RunFolder run = RunFolder.open(cell.in(folder), FolderKind.RUN)) {
                for (int round = 1; run.has("round-" + round); round++) {
                  run.delete("round-" + round + "/adapter");
                  run.delete("round-" + round + "/model");
                }
              }
            });
  }
}
