package org.soft4j.settings;

import java.util.List;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;

/** What a study compares, how large it is, and how much of it is computed at once. */
public record StudySettings(
    @Setting(
            value = "Seeds, from the first one on: 0 to N-1 where it is 0.",
            flag = "--seeds",
            label = "N",
            unit = "seeds")
        int seeds,
    @Setting(
            value = "Micro worlds, with commas between them; study micro alone has them.",
            flag = "--worlds",
            label = "W")
        List<Integer> worlds,
    @Setting(
            value =
                "Cells run at the same time; 0 for one on each processor, as far as memory goes.",
            flag = "--workers",
            label = "N",
            unit = "cells")
        int workers,
    @Setting(
            value = "Methods that a study of runs compares, with commas between them.",
            flag = "--methods",
            label = "NAMES",
            values = "single, soft, soft+")
        List<String> methods,
    @Setting(
            value =
                "Learning rates, with commas between them, from which that of each method is chosen"
                    + " by validation on tuning seeds; one alone is taken as it is, none stands for"
                    + " half, once and twice the preset's.",
            flag = "--rates",
            label = "RATES",
            values = "numbers with commas")
        List<String> rates,
    @Setting(
            value = "Seeds that choose the learning rates, 100 and on; they are not reported.",
            flag = "--tuning-seeds",
            label = "N",
            unit = "seeds")
        int tuningSeeds,
    @Setting(
            value = "Remove adapters and models of finished cells at the end; all else stays.",
            flag = "--slim")
        boolean slim,
    @Setting(
            value =
                "For the power of a study: share of answers that change from right to wrong or back"
                    + " between two conditions.",
            flag = "--changed",
            label = "SHARE",
            unit = "share of 1")
        double changed,
    @Setting(
            value =
                "For the power of a study: by how much a difference varies between seeds, as a"
                    + " standard deviation.",
            flag = "--seed-spread",
            label = "POINTS",
            unit = "points of a hundred")
        double seedSpread) {
  private static final List<String> METHODS = List.of("single", "soft", "soft+");

  static final StudySettings DEFAULT =
      new StudySettings(10, List.of(1, 2, 3), 0, METHODS, List.of(), 2, false, 0.1, 1);

  /** Checks the ranges. */
  public StudySettings {
    EndpointSettings.positive("study.seeds", seeds);
    EndpointSettings.positive("study.tuning_seeds", tuningSeeds);
    if (workers < 0) {
      throw new UserError(
          "study.workers is %s.".formatted(workers),
          "Use 0 for one on each processor, or a number.");
    }
    if (!(changed > 0 && changed <= 1)) {
      throw new UserError(
          "study.changed is %s.".formatted(changed), "Use a share above 0, at most 1.");
    }
    if (!(seedSpread >= 0 && seedSpread <= 100)) {
      throw new UserError(
          "study.seed_spread is %s.".formatted(seedSpread), "Use points from 0 to 100.");
    }
    worlds = List.copyOf(worlds);
    methods = List.copyOf(methods);
    rates = List.copyOf(rates);
    methods.forEach(StudySettings::refuseUnknown);
    rates.forEach(StudySettings::rate);
  }

  private static void refuseUnknown(String method) {
    if (!METHODS.contains(method)) {
      throw new UserError(
          "study.methods has \"%s\".%s".formatted(method, DidYouMean.hint(method, METHODS)),
          "Choose among: %s.".formatted(String.join(", ", METHODS)));
    }
  }

  private static double rate(String text) {
    try {
      double rate = Double.parseDouble(text);
      if (rate > 0 && rate <= 10) {
        return rate;
      }
    } catch (NumberFormatException none) {
      // Told below, as a number out of range is.
    }
    throw new UserError(
        "study.rates has \"%s\".".formatted(text),
        "Give numbers above 0 with commas between them, such as 2e-4,4e-4.");
  }

  /** The learning rates as numbers; none where none is named. */
  public List<Double> learningRates() {
    return rates.stream().map(StudySettings::rate).distinct().toList();
  }
}
