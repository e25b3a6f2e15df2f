package org.soft4j.eval;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * An item as its data set has it: what lm-evaluation-harness logs as {@code doc} and {@code
 * target}, so that its files and ours can be joined by the digest of the document.
 *
 * @param fields in the order of the set's columns
 * @param target the right answer in the harness's words, such as a choice's index; one blank where
 *     there is none
 * @param counts names of metrics that the harness writes as whole numbers
 */
public record ItemDocument(ObjectNode fields, String target, Set<String> counts) {
  /** What the harness has for the target of a task without one. */
  public static final String NO_TARGET = " ";

  /** Copies the fields. */
  public ItemDocument {
    fields = fields.deepCopy();
    counts = Set.copyOf(counts);
  }

  /** A document whose metrics are all fractions. */
  public ItemDocument(ObjectNode fields, String target) {
    this(fields, target, Set.of());
  }

  /** What is known of any item: id, category where there is one, question. */
  static ItemDocument of(TaskItem item) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fields.put("id", item.id());
    if (!item.category().isEmpty()) {
      fields.put("category", item.category());
    }
    return new ItemDocument(fields.put("question", item.question()), NO_TARGET);
  }
}
