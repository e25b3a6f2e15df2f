package org.soft4j.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.soft4j.core.Cancellation;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.plugin.ComputeCluster;
import org.soft4j.settings.EvalSettings;
import org.soft4j.settings.Settings;
import org.soft4j.soft.LabelErrors;

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
 * @param measured how every cell is measured
 */
public record Study(
    List<Integer> worlds,
    List<Long> seeds,
    List<Long> tuningSeeds,
    List<Double> learningRates,
    List<Condition> conditions,
    List<Integer> shots,
    EvalSettings measured) {
  private static final String FILE = "study.json";
  private static final String TUNED_BY = "micro_truth mc2";

  /** The study as published: tuning seeds 100 and 101, four learning rates, all conditions. */
  public static Study micro(Settings settings) {
    return new Study(
        settings.study().worlds(),
        LongStream.range(0, settings.study().seeds()).boxed().toList(),
        List.of(100L, 101L),
        List.of(5e-4, 1e-3, 2e-3, 4e-3),
        Condition.all(),
        List.of(0, 1, 3),
        settings.eval());
  }

  /**
   * Runs what is not finished in the folder, and writes study.csv, study.md and label_errors.csv
   * there. The result does not depend on the number of workers: every cell has one thread of matrix
   * kernels.
   *
   * @param opener opens the embedded models
   * @param workers cells run at the same time
   * @param progress counts cells
   * @param cancel ends the study so that the same call goes on with it
   */
  public StudyResult run(
      Path folder, ModelOpener opener, int workers, Progress progress, Cancellation cancel) {
    return run(folder, store -> new CellWorkers(opener, this, workers, store, cancel), progress);
  }

  /**
   * Runs what is not finished in the folder on a cluster, one cell a task.
   *
   * @param cluster closed at the end
   * @param progress counts cells of all executors
   */
  public StudyResult run(
      Path folder, ComputeCluster cluster, Progress progress, Cancellation cancel) {
    return run(folder, store -> new ClusterCells(this, cluster, store, cancel), progress);
  }

  private StudyResult run(Path folder, Function<CellStore, Cells> cells, Progress progress) {
    long total =
        tuningCells().size() + (long) worlds.size() * seeds.size() * (conditions.size() + 1);
    try (RunFolder locked = RunFolder.open(folder, FolderKind.STUDY);
        Progress.Step step = progress.start("study", total, "cells")) {
      return run(locked, new CellStore(locked), cells, step);
    }
  }

  private StudyResult run(
      RunFolder locked, CellStore store, Function<CellStore, Cells> cells, Progress.Step step) {
    try (Cells crew = cells.apply(store)) {
      record(locked);
      Map<String, Double> rates = chosen(crew.all(tuningCells(), step));
      StudyResult result = new StudyResult(crew.all(testCells(rates), step), rates);
      locked.write("study.csv", result.csv());
      List<Cell> trained =
          result.cells().stream().filter(c -> !c.condition().equals(Condition.BASE)).toList();
      List<CellErrors> errors =
          trained.stream().flatMap(cell -> store.errors(cell.key()).stream()).toList();
      locked.write(LabelErrors.FILE, CellErrors.csv(errors));
      String where = CellErrors.markdown(errors, trained.size() - errors.size());
      locked.write("study.md", result.markdown() + where);
      return result;
    }
  }

  /** Cells of one folder are measured alike; how, is written where it is not as usual. */
  private void record(RunFolder folder) {
    String usual = Json.pretty(AnswerRules.AS_WRITTEN);
    String asked = Json.pretty(measured.answers());
    boolean begun = folder.has(CellStore.FILE);
    String was = folder.has(FILE) ? folder.read(FILE) : begun ? usual : asked;
    if (!was.equals(asked)) {
      throw new UserError(
          "The study in %s was begun with other values of --overlong or --drop-reasoning."
              .formatted(folder.root()),
          "Give the command that began it, or choose another folder with --out.");
    }
    if (!asked.equals(usual)) {
      folder.write(FILE, asked);
    }
  }

  private List<Cell.Key> tuningCells() {
    List<Cell.Key> keys = new ArrayList<>();
    for (int world : worlds) {
      for (String family : Condition.FAMILIES) {
        String condition = Condition.plain(family).name();
        for (double rate : learningRates) {
          for (long seed : tuningSeeds) {
            keys.add(new Cell.Key(world, condition, seed, rate, CellRunner.TUNE));
          }
        }
      }
    }
    return keys;
  }

  private List<Cell.Key> testCells(Map<String, Double> rates) {
    List<Cell.Key> keys = new ArrayList<>();
    // Seed by seed, so that a study that was stopped holds whole seeds of every world.
    for (long seed : seeds) {
      for (int world : worlds) {
        keys.add(new Cell.Key(world, Condition.BASE, seed, 0, CellRunner.TEST));
        for (Condition condition : conditions) {
          double rate = rates.get(condition.family());
          keys.add(new Cell.Key(world, condition.name(), seed, rate, CellRunner.TEST));
        }
      }
    }
    return keys;
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
