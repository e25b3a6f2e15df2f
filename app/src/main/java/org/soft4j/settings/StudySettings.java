package org.soft4j.settings;

import java.util.List;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;

/** How large a study is, and how much of it is computed at once. */
public record StudySettings(
    @Setting(value = "Seeds 0 to N-1.", flag = "--seeds", label = "N", unit = "seeds") int seeds,
    @Setting(value = "Micro worlds, with commas between them.", flag = "--worlds", label = "W")
        List<Integer> worlds,
    @Setting(
            value = "Cells run at the same time; 0 for one on each processor.",
            flag = "--workers",
            label = "N",
            unit = "cells")
        int workers) {
  static final StudySettings DEFAULT = new StudySettings(10, List.of(1, 2, 3), 0);

  /** Checks the ranges. */
  public StudySettings {
    EndpointSettings.positive("study.seeds", seeds);
    if (workers < 0) {
      throw new UserError(
          "study.workers is %s.".formatted(workers),
          "Use 0 for one on each processor, or a number.");
    }
    worlds = List.copyOf(worlds);
  }
}
