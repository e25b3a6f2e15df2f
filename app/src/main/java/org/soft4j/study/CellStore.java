package org.soft4j.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.AppendLog;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;

/** Finished cells, in memory and in cells.jsonl; a kill loses the cell under way and no other. */
final class CellStore {
  static final String FILE = "cells.jsonl";
  // By its ending the folder knows it for something that a kill has left.
  private static final String SCRATCH = "cells.unfinished";

  private final RunFolder folder;
  private final AppendLog log;
  private final Map<Cell.Key, Cell> cells = new LinkedHashMap<>();

  CellStore(RunFolder folder) {
    this.folder = folder;
    log = AppendLog.open(folder.path(FILE));
    Json.readLines(String.join("\n", log.found()), Cell.class, FILE)
        .forEach(cell -> cells.put(cell.key(), cell));
  }

  /** A folder for what cells need while they run, removed with all in it at the next opening. */
  Path scratch() {
    return folder.path(SCRATCH);
  }

  /** No cell runs any more. */
  void clear() {
    folder.delete(SCRATCH);
  }

  synchronized Optional<Cell> find(Cell.Key key) {
    return Optional.ofNullable(cells.get(key));
  }

  synchronized void add(Cell cell) {
    log.add(Json.line(cell));
    cells.put(cell.key(), cell);
  }
}
