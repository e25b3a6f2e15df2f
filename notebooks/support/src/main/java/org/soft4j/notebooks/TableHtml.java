package org.soft4j.notebooks;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A Tablesaw table as HTML: bounded, escaped, numbers to the right. */
public final class TableHtml {
  private static final int HEAD_ROWS = 20;
  private static final int TAIL_ROWS = 5;
  private static final int CELL_CHARACTERS = 160;
  private static final String TEXT = "left;max-width:28em;overflow-wrap:anywhere";
  private static final String NUMBER_CELL = "right;white-space:nowrap";

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?( ± \\d+(\\.\\d+)?)?");

  private TableHtml() {}

  /** Renders the first 20 and the last 5 rows; what is left out is said. */
  public static String of(Table table) {
    StringBuilder html =
        new StringBuilder("<table style=\"border-collapse:collapse;max-width:100%\">");
    html.append("<caption style=\"text-align:left;white-space:nowrap\">")
        .append(caption(table))
        .append("</caption>");
    html.append("<thead><tr>");
    table.columns().forEach(c -> html.append(cell("th", c, c.name())));
    html.append("</tr></thead><tbody>");
    shownRows(table.rowCount()).forEach(row -> appendRow(html, table, row));
    return html.append("</tbody></table>").toString();
  }

  private static IntStream shownRows(int rows) {
    return rows <= HEAD_ROWS + TAIL_ROWS
        ? IntStream.range(0, rows)
        : IntStream.concat(IntStream.range(0, HEAD_ROWS), IntStream.range(rows - TAIL_ROWS, rows));
  }

  private static void appendRow(StringBuilder html, Table table, int row) {
    int rows = table.rowCount();
    if (rows > HEAD_ROWS + TAIL_ROWS && row == rows - TAIL_ROWS) {
      html.append(
          "<tr><td colspan=\"%s\">… %s rows not shown …</td></tr>"
              .formatted(table.columnCount(), rows - HEAD_ROWS - TAIL_ROWS));
    }
    html.append("<tr>");
    table.columns().forEach(c -> html.append(cell("td", c, text(c, row))));
    html.append("</tr>");
  }

  private static String caption(Table table) {
    String size = "%s rows × %s columns".formatted(table.rowCount(), table.columnCount());
    String name = table.name();
    return name == null || name.isBlank() ? size : Html.escape(name) + " · " + size;
  }

  private static String cell(String tag, Column<?> column, String text) {
    boolean head = tag.equals("th");
    String style = !numbers(column) ? TEXT : head ? "right" : NUMBER_CELL;
    // A name of many words may break after each, lest its column be wider than its values.
    String shown = head ? Html.escape(text).replace("_", "_<wbr>") : Html.escape(text);
    return "<%s style=\"padding:2px 8px;text-align:%s\">%s</%s>".formatted(tag, style, shown, tag);
  }

  /** Numbers by type, or written out, such as a score with its error. */
  private static boolean numbers(Column<?> column) {
    return column instanceof NumericColumn
        || (column instanceof StringColumn text
            && !text.unique().asList().stream().allMatch(String::isBlank)
            && text.allMatch(t -> t.isBlank() || NUMBER.matcher(t).matches()));
  }

  private static String text(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    String text =
        column.type().equals(ColumnType.DOUBLE) || column.type().equals(ColumnType.FLOAT)
            ? number(((NumericColumn<?>) column).getDouble(row))
            : column.getString(row);
    return text.length() <= CELL_CHARACTERS ? text : text.substring(0, CELL_CHARACTERS) + "…";
  }

  private static String number(double value) {
    boolean plain = value == 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }
}
