package org.soft4j.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.knowm.xchart.CategoryChart;
import org.soft4j.eval.Statistics;
import org.soft4j.plot.Charts;
import org.soft4j.plot.Line;
import org.soft4j.table.Columns;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * How many of several sets of answers are right, by type of prompt.
 *
 * @param groups one per set of answers, in order
 * @param types of prompts, and {@code all}
 */
record Accuracy(List<Group> groups, List<String> types) {
  private static final String ALL = "all";

  /**
   * A set of answers.
   *
   * @param name of the set
   * @param checked with the column right
   */
  record Group(String name, Table checked) {
    /** 1 for every right answer to a type of prompt, 0 for the others. */
    double[] values(String type) {
      return StreamSupport.stream(checked.spliterator(), false)
          .filter(row -> type.equals(ALL) || row.getString("type").equals(type))
          .mapToDouble(row -> row.getString("right").equals("yes") ? 1 : 0)
          .toArray();
    }

    double share(String type) {
      return Statistics.mean(values(type));
    }

    double error(String type) {
      return Statistics.standardError(values(type));
    }

    String points(String type) {
      double error = error(type);
      return values(type).length == 0
          ? ""
          : String.format(Locale.ROOT, "%.1f", 100 * share(type))
              + (Double.isFinite(error) ? String.format(Locale.ROOT, " ± %.1f", 100 * error) : "");
    }
  }

  /**
   * Sorts answers by type.
   *
   * @param checked tables with the column right, and type where they have it, by name
   */
  static Accuracy of(Map<String, Table> checked) {
    List<Group> groups = new ArrayList<>();
    checked.forEach((name, table) -> groups.add(new Group(name, table)));
    TreeSet<String> types = new TreeSet<>();
    for (Group group : groups) {
      if (group.checked.containsColumn("type")) {
        for (Row row : group.checked) {
          types.add(row.getString("type"));
        }
      }
    }
    List<String> columns = new ArrayList<>(types);
    columns.add(ALL);
    return new Accuracy(List.copyOf(groups), List.copyOf(columns));
  }

  /** A row per set: its name, points of a hundred ± one standard error by type, and answers. */
  Table table() {
    Columns<Group> columns =
        Columns.of("right, % ± one standard error", groups).text("answers", Group::name);
    types.forEach(type -> columns.text(type, group -> group.points(type)));
    return columns.whole("count", group -> group.checked.rowCount()).table();
  }

  /** A bar per type, side by side for each set, as shares of 1. */
  CategoryChart chart(String title) {
    return Charts.bars(
        title,
        "share that is right",
        groups.stream().map(Group::name).toList(),
        types.stream().map(this::bars).toList());
  }

  private Line bars(String type) {
    double[] shares = groups.stream().mapToDouble(group -> group.share(type)).toArray();
    double[] errors = groups.stream().mapToDouble(group -> group.error(type)).toArray();
    return new Line(type, shares, shares, errors);
  }
}
