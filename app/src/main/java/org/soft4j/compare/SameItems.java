package org.soft4j.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.soft4j.compare.ScoredRun.Slot;
import org.soft4j.core.UserError;
import org.soft4j.eval.ItemCard;

/**
 * Whether two runs mean the same by an item's name. A task file names its items by their place, so
 * that other rows have the same names.
 */
final class SameItems {
  private SameItems() {}

  /**
   * Refuses items of one name that are others.
   *
   * @throws UserError that names the first whose right answer differs, or whose question does where
   *     no answer is known
   */
  static void check(ScoredRun first, ScoredRun second, Slot slot) {
    Map<String, ItemCard> there = second.cards(slot.benchmark());
    first
        .cards(slot.benchmark())
        .forEach(
            (id, card) -> {
              ItemCard other = there.getOrDefault(id, card);
              boolean scored =
                  first.scores().get(slot).containsKey(id)
                      && second.scores().get(slot).containsKey(id);
              if (scored && !alike(card, other)) {
                throw new UserError(
                    "%s is another item in %s than in %s: \"%s\" → \"%s\", and \"%s\" → \"%s\"."
                        .formatted(
                            id,
                            first.name(),
                            second.name(),
                            start(String.join(" ", card.turns())),
                            start(card.answer()),
                            start(String.join(" ", other.turns())),
                            start(other.answer())),
                    "Compare evaluations of the same rows: give both the same file for %s."
                        .formatted(slot.benchmark()));
              }
            });
  }

  private static boolean alike(ItemCard one, ItemCard other) {
    // Earlier versions kept no answers of task files.
    boolean known = !one.answer().isEmpty() && !other.answer().isEmpty();
    return known ? one.answer().equals(other.answer()) : one.turns().equals(other.turns());
  }

  private static String start(String text) {
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
  }

  /** What one must know of the pairs: questions in other words, and scores that stand alone. */
  static List<String> notes(ScoredRun first, ScoredRun second) {
    List<String> notes = new ArrayList<>();
    Set<Slot> all = new TreeSet<>(first.scores().keySet());
    all.addAll(second.scores().keySet());
    for (Slot slot : all) {
      if (first.scores().containsKey(slot) && second.scores().containsKey(slot)) {
        reworded(first, second, slot, notes);
        alone(first, second, slot, notes);
      } else {
        String only = first.scores().containsKey(slot) ? first.name() : second.name();
        notes.add(
            "%s at %s shots stands in %s alone".formatted(slot.benchmark(), slot.shots(), only));
      }
    }
    return notes;
  }

  private static void reworded(ScoredRun first, ScoredRun second, Slot slot, List<String> notes) {
    Map<String, ItemCard> there = second.cards(slot.benchmark());
    long other =
        first.cards(slot.benchmark()).entrySet().stream()
            .filter(e -> there.containsKey(e.getKey()))
            .filter(e -> !there.get(e.getKey()).turns().equals(e.getValue().turns()))
            .count();
    if (other > 0) {
      notes.add(
          "%s asks %s items in other words in %s than in %s"
              .formatted(slot.benchmark(), other, second.name(), first.name()));
    }
  }

  private static void alone(ScoredRun first, ScoredRun second, Slot slot, List<String> notes) {
    var a = first.scores().get(slot);
    var b = second.scores().get(slot);
    Set<String> metrics = new TreeSet<>();
    a.values().forEach(scores -> metrics.addAll(scores.keySet()));
    b.values().forEach(scores -> metrics.addAll(scores.keySet()));
    for (String metric : metrics) {
      long one = a.values().stream().filter(scores -> scores.containsKey(metric)).count();
      long two = b.values().stream().filter(scores -> scores.containsKey(metric)).count();
      long both = a.keySet().stream().filter(item -> has(a, item, metric, b)).count();
      if (both < Math.max(one, two)) {
        notes.add(
            "%s %s at %s shots: %s has it of %s items, %s of %s, both of %s"
                .formatted(
                    slot.benchmark(),
                    metric,
                    slot.shots(),
                    first.name(),
                    one,
                    second.name(),
                    two,
                    both));
      }
    }
  }

  private static boolean has(
      Map<String, Map<String, Double>> a,
      String item,
      String metric,
      Map<String, Map<String, Double>> b) {
    return a.get(item).containsKey(metric) && b.getOrDefault(item, Map.of()).containsKey(metric);
  }
}
