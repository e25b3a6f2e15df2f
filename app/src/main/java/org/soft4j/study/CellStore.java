package org.soft4j.study;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;

/** Finished cells, in memory and in cells.jsonl; a kill loses the cell under way and no other. */
final class CellStore {
  private static final String FILE = "cells.jsonl";

  private final RunFolder folder;
  private final Map<Cell.Key, Cell> cells = new LinkedHashMap<>();

  CellStore(RunFolder folder) {
    this.folder = folder;
    if (Files.exists(folder.path(FILE))) {
      String text = folder.read(FILE);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      if (!whole.equals(text)) {
        folder.write(FILE, whole);
      }
      Json.readLines(whole, Cell.class, FILE).forEach(cell -> cells.put(cell.key(), cell));
    }
  }

  synchronized Optional<Cell> find(Cell.Key key) {
    return Optional.ofNullable(cells.get(key));
  }

  synchronized void add(Cell cell) {
    folder.append(FILE, Json.line(cell) + "\n");
    cells.put(cell.key(), cell);
  }
}
