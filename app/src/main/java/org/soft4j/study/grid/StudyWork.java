package org.soft4j.study.grid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.soft4j.run.RunTime;

/** What a study computes and what it shares, before its learning rates are chosen. */
public final class StudyWork {
  private final StudyDesign design;
  private final List<StudyCell> cells;
  private final List<StudyCell> tuning;

  /** Of a study. */
  public StudyWork(StudyDesign design) {
    this.design = design;
    tuning = design.tuning();
    Map<String, Double> rates = new HashMap<>();
    design.methods().forEach(method -> rates.put(method, design.rates().get(0)));
    cells = design.cells(rates);
  }

  /** Cells that are reported. */
  public List<StudyCell> cells() {
    return cells;
  }

  /** Cells that choose the learning rates. */
  public List<StudyCell> tuning() {
    return tuning;
  }

  /** How many of both have come to their end in a folder. */
  public long finished(Path folder) {
    return cells.stream().filter(cell -> cell.finished(folder)).count()
        + tuning.stream().filter(cell -> cell.finished(folder)).count();
  }

  /** Whether nothing is left to run; the rates that were chosen do not matter. */
  public boolean done(Path folder) {
    return finished(folder) == cells.size() + tuning.size();
  }

  /** What is computed once for several cells, in words. */
  public String shared() {
    String reported =
        "%s cells take the base model's scores from another, %s its whole first round too"
            .formatted(
                count(cells, SharedRounds.Depth.BASE),
                count(cells, SharedRounds.Depth.FIRST_ROUND));
    long labels =
        count(cells, SharedRounds.Depth.FIRST_LABELS)
            - count(cells, SharedRounds.Depth.FIRST_ROUND);
    long tried = count(tuning, SharedRounds.Depth.FIRST_LABELS);
    return reported
        + (labels == 0 ? "" : ", %s its first labels alone".formatted(labels))
        + (tried == 0
            ? ""
            : "; of those that choose rates %s take another's first labels".formatted(tried));
  }

  private static long count(List<StudyCell> cells, SharedRounds.Depth least) {
    return depths(cells).stream().filter(depth -> depth.compareTo(least) >= 0).count();
  }

  private static List<SharedRounds.Depth> depths(List<StudyCell> cells) {
    List<SharedRounds.Depth> depths = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      StudyCell cell = cells.get(i);
      Optional<StudyCell> source = SharedRounds.source(cell, cells.subList(0, i));
      depths.add(
          source.map(from -> SharedRounds.depth(from, cell)).orElse(SharedRounds.Depth.NONE));
    }
    return depths;
  }

  /**
   * Seconds of all cells one after the other, without what is shared.
   *
   * @param times of a cell of each condition
   */
  public double seconds(List<RunTime> times) {
    return seconds(cells, cell -> times.get(design.conditions().indexOf(cell.condition())));
  }

  /**
   * Seconds of the cells that choose the learning rates.
   *
   * @param times of one of each method
   */
  public double tuningSeconds(List<RunTime> times) {
    return seconds(tuning, cell -> times.get(design.methods().indexOf(cell.condition().method())));
  }

  private double seconds(List<StudyCell> of, Function<StudyCell, RunTime> times) {
    List<SharedRounds.Depth> depths = depths(of);
    double seconds = 0;
    for (int i = 0; i < of.size(); i++) {
      StudyCell cell = of.get(i);
      RunTime time = times.apply(cell);
      double rounds = time.seconds() - time.base();
      int count = cell.session().plan().values().soft().effectiveRounds();
      seconds +=
          switch (depths.get(i)) {
            case NONE -> time.seconds();
            case BASE -> rounds;
            case FIRST_LABELS -> rounds - time.labelling() / count;
            case FIRST_ROUND -> rounds * (count - 1) / count;
          };
    }
    return seconds;
  }
}
