package org.soft4j.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.SampleFile;
import org.soft4j.table.Columns;
import tech.tablesaw.api.Table;

/** The samples files of an evaluation as one table. */
final class SampleTable {
  private static final Pattern FILE = Pattern.compile("(.+)-(\\d+)shot\\.jsonl");

  private SampleTable() {}

  private record Row(String benchmark, int shots, ItemSample sample) {
    double metric(String name) {
      return sample.metrics().getOrDefault(name, Double.NaN);
    }
  }

  /** benchmark, shots, item, chosen, then the metrics by name; NaN where an item lacks one. */
  static Table of(Path folder) {
    List<Row> rows = new ArrayList<>();
    for (Path file : files(folder)) {
      Matcher name = FILE.matcher(file.getFileName().toString());
      if (name.matches()) {
        SampleFile.read(file)
            .forEach(s -> rows.add(new Row(name.group(1), Integer.parseInt(name.group(2)), s)));
      }
    }
    Columns<Row> columns =
        Columns.of("samples", rows)
            .text("benchmark", Row::benchmark)
            .whole("shots", Row::shots)
            .text("item", row -> row.sample().item())
            .text("chosen", row -> row.sample().chosen());
    TreeSet<String> metrics = new TreeSet<>();
    rows.forEach(row -> metrics.addAll(row.sample().metrics().keySet()));
    metrics.forEach(metric -> columns.number(metric, row -> row.metric(metric)));
    return columns.table();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.sorted().toList();
    } catch (IOException failure) {
      throw FileFault.of(folder, failure);
    }
  }
}
