package org.soft4j.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableHtmlTest {
  @Test
  void modelTextIsEscaped() {
    Table table = Table.create("labels", StringColumn.create("text", "<script>alert(1)</script>"));

    assertFalse(TableHtml.of(table).contains("<script>"));
    assertTrue(TableHtml.of(table).contains("&lt;script&gt;"));
  }

  @Test
  void numbersStandToTheRightWithFourDecimals() {
    String html = TableHtml.of(Table.create("scores", DoubleColumn.create("mc1", 0.25)));

    assertTrue(html.contains("text-align:right"), html);
    assertTrue(html.contains(">0.2500<"), html);
  }

  @Test
  void aLongTableShowsItsHeadItsTailAndHowManyRowsAreHidden() {
    Table table = Table.create("long", IntColumn.create("row", IntStream.range(0, 100).toArray()));

    String html = TableHtml.of(table);

    // 1 header row, 20 + 5 shown rows and the row that says 75 are hidden
    assertEquals(27, html.split("<tr>", -1).length - 1);
    assertTrue(html.contains("75 rows not shown"), html);
  }
}
