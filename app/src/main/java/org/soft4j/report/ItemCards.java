package org.soft4j.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.ItemCard;

/**
 * What is known of a benchmark's items; an item that a folder of an earlier version does not
 * describe shows as its id.
 *
 * @param byId in the task's order
 */
record ItemCards(Map<String, ItemCard> byId) {
  static ItemCards of(RunReader files, String task) {
    Map<String, ItemCard> byId = new LinkedHashMap<>();
    files
        .task(task)
        .ifPresent(described -> described.items().forEach(item -> byId.put(item.id(), item)));
    return new ItemCards(byId);
  }

  String question(String item) {
    return card(item).map(card -> String.join("\n\n", card.turns())).orElse(item);
  }

  String answer(String item) {
    return card(item).map(ItemCard::answer).orElse("").strip();
  }

  String category(String item) {
    return card(item).map(ItemCard::category).orElse("");
  }

  private Optional<ItemCard> card(String item) {
    return Optional.ofNullable(byId.get(item));
  }
}
