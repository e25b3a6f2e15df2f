package org.soft4j.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The body of a panel that is one table.
 *
 * @param columns their heads
 * @param texts so many columns from the left hold texts; the others hold numbers
 * @param rows of cells, as many as columns
 * @param notes below it
 */
public record TablePanel(
    List<String> columns, int texts, List<List<String>> rows, List<String> notes) {
  /** Copies the lists. */
  public TablePanel {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
  }

  /** The panel under a heading. */
  public ReportPage.Panel under(String heading) {
    return new ReportPage.Panel("table", heading, this);
  }

  /** The class of each column's cells, for a page. */
  public List<String> kinds() {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> i < texts ? "column" : "number")
        .toList();
  }
}
