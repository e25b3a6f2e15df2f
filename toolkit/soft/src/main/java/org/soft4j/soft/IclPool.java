package org.soft4j.soft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The ICL pool: the demonstrations that stand before prompts when labels are written, and the only
 * fresh information in the loop (arXiv 2402.07610). Never empty.
 *
 * @param demonstrations in the order given; ids are unique
 */
public record IclPool(List<Demonstration> demonstrations) {
  /** Copies the list, refuses an empty one and repeated ids. */
  public IclPool {
    demonstrations = List.copyOf(demonstrations);
    if (demonstrations.isEmpty()) {
      throw new UserError(
          "The ICL pool is empty.",
          "Give a pool with at least one demonstration: JSON Lines or CSV with the columns id, type,"
              + " prompt, response.");
    }
    Set<String> ids = new HashSet<>();
    for (Demonstration d : demonstrations) {
      if (!ids.add(d.id())) {
        throw new UserError(
            "The ICL pool has the id \"" + d.id() + "\" twice.", "Give every row its own id.");
      }
    }
  }

  /** A pool of demonstrations. */
  public static IclPool of(List<Demonstration> demonstrations) {
    return new IclPool(demonstrations);
  }

  /**
   * A pool from a table with the text columns prompt and response, and id and type where it has
   * them; a missing id becomes the row's number.
   */
  public static IclPool of(Table table) {
    StringColumn prompts = column(table, "prompt");
    StringColumn responses = column(table, "response");
    List<Demonstration> rows = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      String id = table.containsColumn("id") ? table.column("id").getString(row) : "" + (row + 1);
      String type = table.containsColumn("type") ? table.column("type").getString(row) : "";
      if (prompts.get(row).isBlank() || responses.get(row).isBlank()) {
        throw new UserError(
            "Row " + (row + 1) + " of the ICL pool lacks a prompt or a response.",
            "Fill in both, or remove the row.");
      }
      rows.add(new Demonstration(id, type, prompts.get(row), responses.get(row)));
    }
    return new IclPool(rows);
  }

  private static StringColumn column(Table table, String name) {
    if (!table.containsColumn(name)) {
      throw new UserError(
          "The table of the ICL pool has no column \"" + name + "\"; it has " + table.columnNames(),
          "Name its columns id, type, prompt, response.");
    }
    return table.column(name).asStringColumn();
  }

  /** Back to a table: id, type, prompt, response. */
  public Table toTable() {
    StringColumn id = StringColumn.create("id");
    StringColumn type = StringColumn.create("type");
    StringColumn prompt = StringColumn.create("prompt");
    StringColumn response = StringColumn.create("response");
    for (Demonstration d : demonstrations) {
      id.append(d.id());
      type.append(d.type());
      prompt.append(d.prompt());
      response.append(d.response());
    }
    return Table.create("pool", id, type, prompt, response);
  }

  /** Number of demonstrations. */
  public int size() {
    return demonstrations.size();
  }
}
