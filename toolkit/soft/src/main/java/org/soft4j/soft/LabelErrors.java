package org.soft4j.soft;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.soft4j.core.Csv;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.Measurement;

/**
 * How many labels of a round have each kind of error, over all labels that were written, dropped
 * ones included; for all prompts and for each type. Stands in round-N/label_errors.csv.
 *
 * @param rows a type after the other, all prompts first; within a type each {@link LabelError} and
 *     then {@link #ANY}
 */
public record LabelErrors(List<Row> rows) {
  /** Of a round: its table. */
  public static final String FILE = "label_errors.csv";

  /** The type that stands for all prompts. */
  public static final String ALL = "all";

  /** The kind that stands for labels with one error or more, among those that can be told. */
  public static final String ANY = "any";

  private static final List<String> COLUMNS =
      List.of("type", "kind", "labels", "judged", "errors", "kept");

  public LabelErrors {
    rows = List.copyOf(rows);
  }

  /**
   * One kind of error in labels of one type of prompt.
   *
   * @param type of the prompts, or {@link #ALL}
   * @param kind a {@link LabelError#label}, or {@link #ANY}
   * @param labels that were written
   * @param judged labels of which the error can be told; 0 for what is not known here
   * @param errors labels that have it
   * @param kept of those, labels that passed the filters and are learned
   */
  public record Row(String type, String kind, int labels, int judged, int errors, int kept) {
    private Row plus(Row other) {
      return new Row(
          type,
          kind,
          labels + other.labels,
          judged + other.judged,
          errors + other.errors,
          kept + other.kept);
    }

    /** Errors as a share of the labels that can be told; NaN where there are none. */
    public double share() {
      return judged == 0 ? Double.NaN : (double) errors / judged;
    }
  }

  /**
   * Counts the errors of a round's labels.
   *
   * @param pool that they were written with
   * @param known truth and form of some prompts
   */
  public static LabelErrors count(LabelFilters.Result labels, IclPool pool, KnownAnswers known) {
    LabelError.Finder finder = LabelError.Finder.of(pool, known);
    List<Found> found = new ArrayList<>();
    labels.kept().forEach(label -> found.add(Found.of(label, true, finder)));
    labels.dropped().forEach(d -> found.add(Found.of(d.label(), false, finder)));
    List<Row> rows = new ArrayList<>(rows(ALL, found));
    TreeSet<String> types = new TreeSet<>(found.stream().map(Found::type).toList());
    // A type of the name of all would stand there twice; no type means that nobody told one.
    types.removeAll(List.of(ALL, ""));
    for (String type : types) {
      rows.addAll(rows(type, found.stream().filter(f -> f.type().equals(type)).toList()));
    }
    return new LabelErrors(rows);
  }

  /** The errors of one label, by kind; what cannot be told is not among them. */
  private record Found(String type, boolean kept, Map<String, Boolean> errors) {
    static Found of(Label label, boolean kept, LabelError.Finder finder) {
      Map<String, Boolean> errors = new LinkedHashMap<>();
      for (LabelError kind : LabelError.values()) {
        finder.has(kind, label).ifPresent(has -> errors.put(kind.label(), has));
      }
      errors.put(ANY, errors.containsValue(true));
      return new Found(label.type(), kept, errors);
    }

    boolean has(String kind) {
      return errors.getOrDefault(kind, false);
    }
  }

  private static List<Row> rows(String type, List<Found> found) {
    return kinds()
        .map(
            kind ->
                new Row(
                    type,
                    kind,
                    found.size(),
                    (int) found.stream().filter(f -> f.errors().containsKey(kind)).count(),
                    (int) found.stream().filter(f -> f.has(kind)).count(),
                    (int) found.stream().filter(f -> f.kept() && f.has(kind)).count()))
        .toList();
  }

  /** The names of all kinds, in the order of the rows; {@link #ANY} last. */
  public static Stream<String> kinds() {
    return Stream.concat(Stream.of(LabelError.values()).map(LabelError::label), Stream.of(ANY));
  }

  /** The types, all prompts first. */
  public List<String> types() {
    return rows.stream().map(Row::type).distinct().toList();
  }

  /** A kind of error in a type; empty where the table has none. */
  public Optional<Row> row(String type, String kind) {
    return rows.stream().filter(r -> r.type().equals(type) && r.kind().equals(kind)).findFirst();
  }

  /** The table of both rounds' labels together; a type that one of them lacks has none there. */
  public LabelErrors plus(LabelErrors other) {
    Map<List<String>, Row> sums = new LinkedHashMap<>();
    Stream.of(rows, other.rows)
        .flatMap(List::stream)
        .forEach(row -> sums.merge(List.of(row.type(), row.kind()), row, Row::plus));
    return new LabelErrors(List.copyOf(sums.values()));
  }

  /** The content of label_errors.csv. */
  public String csv() {
    return Csv.write(
        COLUMNS,
        rows.stream()
            .map(r -> List.of(r.type(), r.kind(), r.labels(), r.judged(), r.errors(), r.kept()))
            .toList());
  }

  /**
   * The table of a round of a run; empty where there is none, as in a round that an earlier version
   * has labelled.
   */
  public static Optional<LabelErrors> read(Path run, int round) {
    Path file = run.resolve(RunFiles.round(round, FILE));
    return Files.exists(file)
        ? Optional.of(parse(WholeFile.read(file), file.toString()))
        : Optional.empty();
  }

  static LabelErrors parse(String text, String name) {
    return new LabelErrors(
        Csv.read(text, name).with(COLUMNS).rows().stream()
            .map(
                row ->
                    new Row(
                        row.text("type"),
                        row.text("kind"),
                        row.whole("labels"),
                        row.whole("judged"),
                        row.whole("errors"),
                        row.whole("kept")))
            .toList());
  }

  /**
   * The shares as measurements, so that they can be compared over seeds: the metric is the kind,
   * after the type where it is not all prompts, such as {@code harm wrong}. What cannot be told is
   * left out.
   */
  public List<Measurement> measurements(String benchmark, int round) {
    return rows.stream()
        .filter(row -> row.judged() > 0)
        .map(row -> measurement(benchmark, round, row))
        .toList();
  }

  private static Measurement measurement(String benchmark, int round, Row row) {
    double share = row.share();
    double error =
        row.judged() < 2 ? Double.NaN : Math.sqrt(share * (1 - share) / (row.judged() - 1));
    String metric = row.type().equals(ALL) ? row.kind() : row.type() + " " + row.kind();
    return new Measurement(round, benchmark, 0, metric, share, error, row.judged(), Double.NaN);
  }
}
