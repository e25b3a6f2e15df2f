package org.soft4j.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.lm.Caveat;

/**
 * How many items of an evaluation have answers that are not plain, by what they have; counted from
 * the samples, so that it can be told again at any time.
 *
 * @param rows one per task, number of shots and caveat, in order of the tasks
 */
public record CaveatTally(List<Row> rows) {
  /**
   * A count.
   *
   * @param task name of the benchmark
   * @param shots number of demonstrations
   * @param caveat name of a {@link Caveat}
   * @param items that have it in one of their answers
   * @param of items of the task
   */
  public record Row(String task, int shots, String caveat, int items, int of) {
    /** For people: {@code truthfulqa_gen, 0-shot: 3 of 817 items: no text came}. */
    public String text() {
      return "%s, %s-shot: %s of %s items: %s"
          .formatted(task, shots, items, of, Caveat.words(caveat));
    }
  }

  /** Copies the list. */
  public CaveatTally {
    rows = List.copyOf(rows);
  }

  /** Counts the samples of one task at one number of shots. */
  public static CaveatTally of(String task, int shots, List<ItemSample> samples) {
    Map<String, Integer> counts = new TreeMap<>();
    for (ItemSample sample : samples) {
      sample.caveats().forEach(caveat -> counts.merge(caveat, 1, Integer::sum));
    }
    return new CaveatTally(
        counts.entrySet().stream()
            .map(e -> new Row(task, shots, e.getKey(), e.getValue(), samples.size()))
            .toList());
  }

  /** Counts all samples files of a folder, in order of their names; none where it is absent. */
  public static CaveatTally read(Path folder) {
    CaveatTally all = new CaveatTally(List.of());
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path file : inside.sorted().toList()) {
        Matcher name = SampleFile.NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          int shots = Integer.parseInt(name.group(2));
          all = all.plus(of(name.group(1), shots, SampleFile.read(file)));
        }
      }
      return all;
    } catch (IOException e) {
      throw FileFault.of(folder, e);
    }
  }

  /** Both counts, one after the other. */
  public CaveatTally plus(CaveatTally other) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(other.rows);
    return new CaveatTally(all);
  }

  /** Whether any item has it. */
  public boolean has(Caveat caveat) {
    return rows.stream().anyMatch(row -> row.caveat().equals(caveat.text()));
  }

  /** Lines for a console: none where every answer is plain. */
  public List<String> lines() {
    return rows.stream().map(Row::text).toList();
  }

  /** For a JSON file: by task and shots, then by caveat. */
  public Map<String, Map<String, Integer>> byTask() {
    Map<String, Map<String, Integer>> all = new LinkedHashMap<>();
    for (Row row : rows) {
      all.computeIfAbsent(row.task() + "-" + row.shots() + "shot", key -> new LinkedHashMap<>())
          .put(row.caveat(), row.items());
    }
    return all;
  }
}
