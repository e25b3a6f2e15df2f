package org.soft4j.notebooks.jjava;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.history.HistoryEntry;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager.ResultFlag;
import org.junit.jupiter.api.Test;

class CellHistoryTest {
  private static final Set<ResultFlag> NONE = EnumSet.noneOf(ResultFlag.class);
  private final CellHistory history = new CellHistory();

  CellHistoryTest() {
    List.of("1 + 1", "int a", "1 + 1", "b").forEach(history::add);
  }

  @Test
  void theTailIsTheLastCells() {
    assertEquals(List.of("1 + 1", "b"), inputs(history.lookupTail(2, NONE)));
  }

  @Test
  void aRangeEndsBeforeItsEndAndIsOfThisSession() {
    assertEquals(List.of("int a", "1 + 1"), inputs(history.lookupRange(1, 2, 4, NONE)));
    assertEquals(List.of(), history.lookupRange(2, 1, 9, NONE));
  }

  @Test
  void aPatternFitsAWholeCellAndUniqueKeepsTheLatest() {
    assertEquals(List.of("1 + 1", "1 + 1"), inputs(history.search("1*", 0, NONE)));
    List<HistoryEntry> once = history.search("1?+*", 0, EnumSet.of(ResultFlag.UNIQUE));
    assertEquals(3, once.get(0).getCellNumber());
    assertEquals(1, once.size());
  }

  private static List<String> inputs(List<HistoryEntry> entries) {
    return entries.stream().map(HistoryEntry::getInput).toList();
  }
}
