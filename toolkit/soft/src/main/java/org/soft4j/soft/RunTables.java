package org.soft4j.soft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.soft4j.core.Csv;
import org.soft4j.core.FileFault;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.Measurement;
import org.soft4j.table.Columns;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of a run, from records or from its folder; an unfinished run gives what it has. */
public final class RunTables {
  private RunTables() {}

  /** round, benchmark, shots, metric, value, standard_error, items, chance. */
  public static Table metrics(List<Measurement> rows) {
    return Columns.of("metrics", rows)
        .whole("round", Measurement::round)
        .text("benchmark", Measurement::benchmark)
        .whole("shots", Measurement::shots)
        .text("metric", Measurement::metric)
        .number("value", Measurement::value)
        .number("standard_error", Measurement::standardError)
        .whole("items", Measurement::items)
        .number("chance", Measurement::chance)
        .table();
  }

  /** The collapse measures alone: one row per round and metric. */
  public static Table collapse(List<Measurement> rows) {
    return metrics(
            rows.stream().filter(m -> m.benchmark().equals(CollapseMeasures.BENCHMARK)).toList())
        .setName("collapse");
  }

  /** id, type, prompt. */
  public static Table prompts(List<Prompt> prompts) {
    return Columns.of("prompts", prompts)
        .text("id", Prompt::id)
        .text("type", Prompt::type)
        .text("prompt", Prompt::text)
        .table();
  }

  /** The prompts of the run in the folder with the round each belongs to. */
  public static Table prompts(Path folder) {
    return Columns.of(
            "prompts", Csv.read(existing(folder, "splits.csv")).with(RunFiles.SPLITS).rows())
        .text("prompt_id", row -> row.text("prompt_id"))
        .text("type", row -> row.text("type"))
        .whole("round", row -> row.whole("round"))
        .text("prompt", row -> row.text("prompt"))
        .table();
  }

  /** Prompts from a table with the text column prompt, and id and type where it has them. */
  public static List<Prompt> toPrompts(Table table) {
    if (!table.containsColumn("prompt")) {
      throw new UserError(
          "The table of prompts has no column \"prompt\"; it has " + table.columnNames() + ".",
          "Name its columns id, type, prompt.");
    }
    List<Prompt> prompts = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      String text = table.column("prompt").getString(row);
      if (text.isBlank()) {
        throw new UserError(
            "Row " + (row + 1) + " of the prompts has no text.", "Fill it in, or remove the row.");
      }
      String id = table.containsColumn("id") ? table.column("id").getString(row) : "" + (row + 1);
      String type = table.containsColumn("type") ? table.column("type").getString(row) : "";
      prompts.add(new Prompt(id, type, text));
    }
    return List.copyOf(prompts);
  }

  /**
   * round, prompt_id, type, prompt, demonstrations, response, tokens, finish, perplexity, entropy.
   */
  public static Table labels(int round, List<Label> labels) {
    return labelColumns("labels", round, labels).table();
  }

  /** The kept labels of all rounds. */
  public static Table labels(Path folder) {
    Table all = labels(0, List.of());
    for (int round : rounds(folder)) {
      Path file = folder.resolve(RunFiles.round(round, "labels.jsonl"));
      if (Files.exists(file)) {
        all.append(labels(round, Json.readLines(file, Label.class)));
      }
    }
    return all;
  }

  /** The dropped labels of all rounds, with the column reason. */
  public static Table dropped(Path folder) {
    Table all = dropped(0, List.of());
    for (int round : rounds(folder)) {
      Path file = folder.resolve(RunFiles.round(round, "dropped.jsonl"));
      if (Files.exists(file)) {
        all.append(dropped(round, Json.readLines(file, DroppedLabel.class)));
      }
    }
    return all;
  }

  /** As {@link #labels(int, List)}, with the column reason at the end. */
  public static Table dropped(int round, List<DroppedLabel> dropped) {
    Table table =
        labelColumns("dropped", round, dropped.stream().map(DroppedLabel::label).toList()).table();
    StringColumn reasons = StringColumn.create("reason");
    dropped.forEach(d -> reasons.append(d.reason()));
    return table.addColumns(reasons);
  }

  /**
   * The errors of all rounds' labels: round, type, kind, labels, judged, errors, kept, share; no
   * rows of a round that an earlier version has labelled.
   */
  public static Table labelErrors(Path folder) {
    List<Map.Entry<Integer, LabelErrors.Row>> rows = new ArrayList<>();
    for (int round : rounds(folder)) {
      LabelErrors.read(folder, round).stream()
          .flatMap(errors -> errors.rows().stream())
          .forEach(row -> rows.add(Map.entry(round, row)));
    }
    return Columns.of("label errors", rows)
        .whole("round", Map.Entry::getKey)
        .text("type", r -> r.getValue().type())
        .text("kind", r -> r.getValue().kind())
        .whole("labels", r -> r.getValue().labels())
        .whole("judged", r -> r.getValue().judged())
        .whole("errors", r -> r.getValue().errors())
        .whole("kept", r -> r.getValue().kept())
        .number("share", r -> r.getValue().share())
        .table();
  }

  /** Every optimizer step of all rounds: the columns of training.csv. */
  public static Table training(Path folder) {
    Table all = training("", "training");
    for (int round : rounds(folder)) {
      Path file = folder.resolve(RunFiles.round(round, "training.csv"));
      if (Files.exists(file)) {
        all.append(training(WholeFile.read(file), file.toString()));
      }
    }
    return all;
  }

  /** The curriculum of all rounds: round, rank, prompt_id, type, difficulty. */
  public static Table curriculum(Path folder) {
    List<Map.Entry<Integer, Csv.Row>> rows = new ArrayList<>();
    for (int round : rounds(folder)) {
      Path file = folder.resolve(RunFiles.round(round, "curriculum.csv"));
      if (Files.exists(file)) {
        Csv.read(file)
            .with(RunFiles.CURRICULUM)
            .rows()
            .forEach(row -> rows.add(Map.entry(round, row)));
      }
    }
    return Columns.of("curriculum", rows)
        .whole("round", Map.Entry::getKey)
        .whole("rank", r -> r.getValue().whole("rank"))
        .text("prompt_id", r -> r.getValue().text("prompt_id"))
        .text("type", r -> r.getValue().text("type"))
        .number("difficulty", r -> r.getValue().number("difficulty"))
        .table();
  }

  /** Numbers of the rounds that have a folder, in order. */
  public static List<Integer> rounds(Path folder) {
    existing(folder, "run.json");
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .map(p -> p.getFileName().toString())
          .filter(name -> name.matches("round-\\d+"))
          .map(name -> Integer.valueOf(name.substring("round-".length())))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw FileFault.of(folder, e);
    }
  }

  private static Columns<Label> labelColumns(String name, int round, List<Label> labels) {
    return Columns.of(name, labels)
        .whole("round", label -> round)
        .text("prompt_id", Label::promptId)
        .text("type", Label::type)
        .text("prompt", Label::prompt)
        .text("demonstrations", label -> String.join(" ", label.demonstrations()))
        .text("response", Label::response)
        .whole("tokens", Label::tokens)
        .text("finish", label -> label.finish().name().toLowerCase(java.util.Locale.ROOT))
        .number("perplexity", Label::perplexity)
        .number("entropy", Label::entropy);
  }

  private static Table training(String text, String name) {
    Table table = Table.create(name, numberColumns());
    if (text.isEmpty()) {
      return table;
    }
    for (Csv.Row row : Csv.read(text, name).with(RunFiles.TRAINING).rows()) {
      for (String column : RunFiles.TRAINING) {
        table.doubleColumn(column).append(row.number(column));
      }
    }
    return table;
  }

  private static DoubleColumn[] numberColumns() {
    return RunFiles.TRAINING.stream().map(DoubleColumn::create).toArray(DoubleColumn[]::new);
  }

  private static Path existing(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new UserError(
          folder + " has no " + name + ".", "Give the folder of a run that has come that far.");
    }
    return file;
  }
}
