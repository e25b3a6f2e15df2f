package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A benchmark ready to run: a card and its items.
 *
 * @param card what one must know to compare its numbers
 * @param items with unique ids, in a fixed order
 * @param judged how a judge grades the answers, where it may
 * @param groups whose scores it is part of, those within others first
 */
public record Task(
    TaskCard card, List<TaskItem> items, Optional<JudgedBy> judged, List<TaskGroup> groups) {
  /** Copies the lists. */
  public Task {
    items = List.copyOf(items);
    groups = List.copyOf(groups);
  }

  /** A task that grades its answers itself. */
  public Task(TaskCard card, List<TaskItem> items) {
    this(card, items, Optional.empty(), List.of());
  }

  /** The same task, whose answers a judge may grade. */
  public Task judgedBy(JudgedBy how) {
    return new Task(card, items, Optional.of(how), groups);
  }

  /** The same task, which was chosen as part of these groups. */
  public Task inGroups(List<TaskGroup> chosen) {
    return new Task(card, items, judged, chosen);
  }

  /** The same task, with a further note on its card. */
  public Task noting(String note) {
    List<String> notes = new ArrayList<>(card.deviations());
    notes.add(note);
    TaskCard noted =
        new TaskCard(
            card.name(),
            card.version(),
            card.title(),
            card.paper(),
            card.licence(),
            card.split(),
            card.metrics(),
            notes);
    return new Task(noted, items, judged, groups);
  }

  /** Name on the card. */
  public String name() {
    return card.name();
  }

  /** The questions of all items, for keeping training prompts apart from them. */
  public List<String> questions() {
    return items.stream().map(TaskItem::question).toList();
  }

  /**
   * The same task with at most so many items, evenly spaced over the whole list, so that equal
   * limits always mean equal items.
   *
   * @param limit 0 keeps all
   */
  public Task limited(int limit) {
    if (limit <= 0 || limit >= items.size()) {
      return this;
    }
    List<TaskItem> chosen = new ArrayList<>();
    for (int i = 0; i < limit; i++) {
      chosen.add(items.get((int) ((long) i * items.size() / limit)));
    }
    return new Task(card, chosen, judged, groups);
  }
}
