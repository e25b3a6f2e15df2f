package org.soft4j.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.Cancellation;
import org.soft4j.run.RunFolder;
import org.soft4j.session.ModelChoice;
import org.soft4j.session.ModelOpener;
import org.soft4j.session.OpenedModel;
import org.soft4j.session.Progress;

/**
 * The study of the micro world. The learning rate of each method is chosen from one grid, on tuning
 * seeds that the study does not report and on facts that it does not test; then every condition is
 * run over all seeds and worlds.
 *
 * @param worlds numbers of the micro worlds
 * @param seeds that are reported
 * @param tuningSeeds that choose the learning rates
 * @param learningRates the grid, the same for all methods
 * @param conditions what is compared
 * @param shots of the base model
 */
public record Study(
    List<Integer> worlds,
    List<Long> seeds,
    List<Long> tuningSeeds,
    List<Double> learningRates,
    List<Condition> conditions,
    List<Integer> shots) {
  private static final String TUNED_BY = "micro_truth mc2";

  /** The study as published: tuning seeds 100 and 101, four learning rates, all conditions. */
  public static Study micro(int seeds, List<Integer> worlds) {
    List<Long> reported = new ArrayList<>();
    for (long seed = 0; seed < seeds; seed++) {
      reported.add(seed);
    }
    return new Study(
        worlds,
        reported,
        List.of(100L, 101L),
        List.of(5e-4, 1e-3, 2e-3, 4e-3),
        Condition.all(),
        List.of(0, 1, 3));
  }

  /**
   * Runs what is not finished in the folder, and writes study.csv and study.md there.
   *
   * @param opener opens the embedded models
   * @param progress counts cells
   * @param cancel ends the study so that the same call goes on with it
   */
  public StudyResult run(Path folder, ModelOpener opener, Progress progress, Cancellation cancel) {
    try (RunFolder locked = RunFolder.open(folder)) {
      CellStore store = new CellStore(locked);
      int tuning = worlds.size() * Condition.FAMILIES.size() * grid();
      int test = worlds.size() * seeds.size() * (conditions.size() + 1);
      List<Cell> tuned = new ArrayList<>();
      List<Cell> tested = new ArrayList<>();
      try (Progress.Step step = progress.start("study", (long) tuning + test, "cells")) {
        forEachWorld(opener, cancel, runner -> tune(runner, store, step, tuned));
        Map<String, Double> rates = chosen(tuned);
        forEachWorld(opener, cancel, runner -> test(runner, store, step, rates, tested));
        StudyResult result = new StudyResult(tested, rates);
        locked.write("study.csv", result.csv());
        locked.write("study.md", result.markdown());
        return result;
      }
    }
  }

  private int grid() {
    return tuningSeeds.size() * learningRates.size();
  }

  private interface WorldWork {
    void on(WorldRunner runner);
  }

  /** Opens the model of a world when the first cell needs it. */
  private static final class WorldRunner implements AutoCloseable {
    private final int world;
    private final ModelOpener opener;
    private final Cancellation cancel;
    private Optional<OpenedModel> opened = Optional.empty();
    private Optional<CellRunner> cells = Optional.empty();

    WorldRunner(int world, ModelOpener opener, Cancellation cancel) {
      this.world = world;
      this.opener = opener;
      this.cancel = cancel;
    }

    CellRunner cells() {
      cancel.check();
      if (cells.isEmpty()) {
        OpenedModel now = opener.open(ModelChoice.of("micro-" + world));
        opened = Optional.of(now);
        cells = Optional.of(new CellRunner(world, now.model(), cancel));
      }
      return cells.get();
    }

    @Override
    public void close() {
      opened.ifPresent(OpenedModel::close);
    }
  }

  private void forEachWorld(ModelOpener opener, Cancellation cancel, WorldWork work) {
    for (int world : worlds) {
      try (WorldRunner runner = new WorldRunner(world, opener, cancel)) {
        work.on(runner);
      }
    }
  }

  private void tune(WorldRunner runner, CellStore store, Progress.Step step, List<Cell> tuned) {
    for (String family : Condition.FAMILIES) {
      Condition condition = Condition.plain(family);
      for (double rate : learningRates) {
        for (long seed : tuningSeeds) {
          tuned.add(cell(runner, store, condition, seed, rate, CellRunner.TUNE));
          step.advance(1);
        }
      }
    }
  }

  private void test(
      WorldRunner runner,
      CellStore store,
      Progress.Step step,
      Map<String, Double> rates,
      List<Cell> tested) {
    for (long seed : seeds) {
      Cell.Key key = new Cell.Key(runner.world, Condition.BASE, seed, 0, CellRunner.TEST);
      tested.add(store.find(key).orElseGet(() -> kept(store, runner.cells().base(seed, shots))));
      step.advance(1);
      for (Condition condition : conditions) {
        double rate = rates.get(condition.family());
        tested.add(cell(runner, store, condition, seed, rate, CellRunner.TEST));
        step.advance(1);
      }
    }
  }

  private static Cell cell(
      WorldRunner runner,
      CellStore store,
      Condition condition,
      long seed,
      double rate,
      String purpose) {
    Cell.Key key = new Cell.Key(runner.world, condition.name(), seed, rate, purpose);
    return store
        .find(key)
        .orElseGet(() -> kept(store, runner.cells().run(condition, seed, rate, purpose)));
  }

  private static Cell kept(CellStore store, Cell cell) {
    store.add(cell);
    return cell;
  }

  /** For each family, the rate with the best mean over tuning seeds and worlds; ties: the lower. */
  private Map<String, Double> chosen(List<Cell> tuned) {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (String family : Condition.FAMILIES) {
      double best = Double.NEGATIVE_INFINITY;
      for (double rate : learningRates) {
        double mean =
            tuned.stream()
                .filter(c -> c.condition().equals(family) && c.learningRate() == rate)
                .mapToDouble(c -> c.last().values().get(TUNED_BY))
                .average()
                .orElse(Double.NaN);
        if (mean > best) {
          best = mean;
          rates.put(family, rate);
        }
      }
    }
    return rates;
  }
}
