package org.soft4j.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/**
 * The benchmarks of a run or an evaluation, kept beside its samples so that a report needs neither
 * benchmark files nor a model: tasks/NAME.json is the card, tasks/NAME.jsonl the items.
 */
public final class TaskFiles {
  private static final String FOLDER = "tasks";

  private TaskFiles() {}

  /**
   * A task as it was run.
   *
   * @param card with the metrics of a judge
   * @param items in the task's order
   */
  public record Described(TaskCard card, List<ItemCard> items) {
    /** Copies the list. */
    public Described {
      items = List.copyOf(items);
    }
  }

  /** Writes what was run into the folder of a run or of an evaluation. */
  public static void write(Path folder, List<Task> tasks) {
    for (Task task : tasks) {
      WholeFile.write(file(folder, task.name(), ".json"), Json.pretty(card(task)));
      WholeFile.write(
          file(folder, task.name(), ".jsonl"),
          Json.lines(task.items().stream().map(ItemCard::of).toList()));
    }
  }

  /** Reads one back; empty where an earlier version did not keep it. */
  public static Optional<Described> read(Path folder, String name) {
    Path card = file(folder, name, ".json");
    Path items = file(folder, name, ".jsonl");
    if (!Files.exists(card) || !Files.exists(items)) {
      return Optional.empty();
    }
    return Optional.of(
        new Described(
            Json.read(WholeFile.read(card), TaskCard.class, card.toString()),
            Json.readLines(items, ItemCard.class)));
  }

  /**
   * Refuses tasks whose items are others than those described in the folder of a run: scores of its
   * rounds could not be compared.
   *
   * @throws UserError that names the first such item
   */
  public static void refuseOthers(Path folder, List<Task> tasks) {
    for (Task task : tasks) {
      List<ItemCard> now = task.items().stream().map(ItemCard::of).toList();
      List<ItemCard> then = read(folder, task.name()).map(Described::items).orElse(now);
      for (int i = 0; i < Math.max(now.size(), then.size()); i++) {
        if (i >= now.size() || i >= then.size() || !now.get(i).sameAs(then.get(i))) {
          throw new UserError(
              "The benchmark %s has changed since the base model was measured: its item %s is another, or one of %s and %s."
                  .formatted(task.name(), i + 1, then.size(), now.size()),
              "Bring its file back as it was, or begin another run.");
        }
      }
    }
  }

  private static TaskCard card(Task task) {
    TaskCard card = task.card();
    List<MetricCard> metrics = new ArrayList<>(card.metrics());
    task.judged().ifPresent(judged -> metrics.addAll(judged.metrics()));
    return new TaskCard(
        card.name(),
        card.version(),
        card.title(),
        card.paper(),
        card.split(),
        metrics,
        card.deviations());
  }

  private static Path file(Path folder, String task, String ending) {
    return folder.resolve(FOLDER).resolve(task + ending);
  }
}
