package org.soft4j.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.AppendLog;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;

/**
 * Finished cells, in memory and in cells.jsonl, with the errors of their labels in
 * label_errors.jsonl; a kill loses the cell under way and no other.
 */
final class CellStore {
  static final String FILE = "cells.jsonl";
  // By its ending the folder knows it for something that a kill has left.
  private static final String SCRATCH = "cells.unfinished";

  private static final String ERRORS = "label_errors.jsonl";

  private final RunFolder folder;
  private final AppendLog log;
  private final AppendLog errorLog;
  private final Map<Cell.Key, Cell> cells = new LinkedHashMap<>();
  private final Map<Cell.Key, CellErrors> errors = new LinkedHashMap<>();

  CellStore(RunFolder folder) {
    this.folder = folder;
    log = AppendLog.open(folder.path(FILE));
    Json.readLines(String.join("\n", log.found()), Cell.class, FILE)
        .forEach(cell -> cells.put(cell.key(), cell));
    errorLog = AppendLog.open(folder.path(ERRORS));
    Json.readLines(String.join("\n", errorLog.found()), CellErrors.class, ERRORS)
        .forEach(cell -> errors.put(cell.key(), cell));
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

  /** The errors of a cell's labels; empty for the base, and for a cell of an earlier version. */
  synchronized Optional<CellErrors> errors(Cell.Key key) {
    return Optional.ofNullable(errors.get(key));
  }

  synchronized void add(CellErrors.Made made) {
    Cell cell = made.cell();
    // First, so that a cell which is finished has them; a kill in between writes them but once.
    CellErrors found = new CellErrors(cell.key(), made.errors());
    if (!found.rounds().isEmpty() && !found.equals(errors.put(cell.key(), found))) {
      errorLog.add(Json.line(found));
    }
    log.add(Json.line(cell));
    cells.put(cell.key(), cell);
  }
}
