package org.soft4j.table;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Makes a table from records, one column per property. */
public final class Columns<R> {
  private final Table table;
  private final List<R> rows;

  private Columns(Table table, List<R> rows) {
    this.table = table;
    this.rows = rows;
  }

  /** An empty table of that name, to be filled with columns over these rows. */
  public static <R> Columns<R> of(String name, List<R> rows) {
    return new Columns<>(Table.create(name), rows);
  }

  /** Adds a column of texts. */
  public Columns<R> text(String name, Function<R, String> value) {
    StringColumn column = StringColumn.create(name);
    rows.forEach(row -> column.append(value.apply(row)));
    table.addColumns(column);
    return this;
  }

  /** Adds a column of whole numbers. */
  public Columns<R> whole(String name, ToIntFunction<R> value) {
    IntColumn column = IntColumn.create(name);
    rows.forEach(row -> column.append(value.applyAsInt(row)));
    table.addColumns(column);
    return this;
  }

  /** Adds a column of numbers. */
  public Columns<R> number(String name, ToDoubleFunction<R> value) {
    DoubleColumn column = DoubleColumn.create(name);
    rows.forEach(row -> column.append(value.applyAsDouble(row)));
    table.addColumns(column);
    return this;
  }

  /** The table. */
  public Table table() {
    return table;
  }
}
