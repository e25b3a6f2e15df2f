package org.soft4j.study;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.plugin.ComputeCluster;

/** Runs cells on executors, one cell a task; this machine keeps what they make. */
record ClusterCells(Study study, ComputeCluster cluster, CellStore store, Cancellation cancel)
    implements Cells {
  @Override
  public List<Cell> all(List<Cell.Key> keys, Progress.Step step) {
    List<Cell.Key> open = keys.stream().filter(key -> store.find(key).isEmpty()).toList();
    step.advance(keys.size() - open.size());
    List<String> inputs = new ArrayList<>();
    for (Cell.Key key : open) {
      inputs.add(Json.line(new CellTask.Input(key, study.shots(), study.measured())));
    }
    cluster.run(
        CellTask.class,
        inputs,
        (index, line) -> {
          store.add(Json.read(line, CellErrors.Made.class, "the cell " + open.get(index)));
          step.advance(1);
        },
        cancel);
    return keys.stream().map(key -> store.find(key).orElseThrow()).toList();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
