package org.soft4j.study;

import java.util.List;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.ScratchFolder;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.ComputeCluster;
import org.soft4j.settings.EvalSettings;

/** One cell on an executor: its key in, the cell out. */
public final class CellTask implements ComputeCluster.Task {
  /** What a cell takes beside its key. */
  record Input(Cell.Key key, List<Integer> shots, EvalSettings measured) {}

  @Override
  public String run(String input, Cancellation cancel) {
    Input asked = Json.read(input, Input.class, "a cell's task");
    Cell.Key key = asked.key();
    try (ScratchFolder scratch = ScratchFolder.temporary("soft4j-cell-");
        OpenedModel opened = LocalOpening.open(CellWorkers.model(key.world()))) {
      CellRunner runner =
          new CellRunner(key.world(), opened.trainable(), asked.measured(), scratch.root(), cancel);
      return Json.line(runner.run(key, asked.shots()));
    }
  }
}
