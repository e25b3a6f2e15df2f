package org.soft4j.eval;

import java.util.List;

/**
 * What a reader must know of an item to understand its sample: a line of tasks/NAME.jsonl.
 *
 * @param id unique within its task
 * @param category what it is about; empty where the benchmark has none
 * @param turns what is asked
 * @param answer the best answer; empty where none is known
 */
public record ItemCard(String id, String category, List<String> turns, String answer) {
  /** Copies the list. */
  public ItemCard {
    turns = List.copyOf(turns);
  }

  /** Whether both ask the same and have the same answer, where both know one. */
  boolean sameAs(ItemCard other) {
    boolean known = !answer.isEmpty() && !other.answer.isEmpty();
    return id.equals(other.id)
        && turns.equals(other.turns)
        && (!known || answer.equals(other.answer));
  }

  static ItemCard of(TaskItem item) {
    return new ItemCard(item.id(), item.category(), item.turns(), item.answer().orElse(""));
  }
}
