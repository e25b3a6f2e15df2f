package org.soft4j.eval.judge;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.UserError;

/**
 * Right answers that a judge is shown, for the categories in which judges err without them.
 *
 * @param byId reference answers by question, one a turn
 */
public record References(Map<String, List<String>> byId) {
  /** No references; questions that need one are then refused. */
  public static final References NONE = new References(Map.of());

  // Source: FastChat, fastchat/llm_judge/common.py, NEED_REF_CATS.
  private static final Set<String> CATEGORIES =
      Set.of("math", "reasoning", "coding", "arena-hard-200");

  /** Copies the map. */
  public References {
    byId = Map.copyOf(byId);
  }

  /** Whether answers of this category are judged beside a reference. */
  public static boolean needed(String category) {
    return CATEGORIES.contains(category);
  }

  /**
   * The reference of a question.
   *
   * @param turns so many must be there
   */
  List<String> of(JudgedAnswer answer, int turns) {
    List<String> found = byId.getOrDefault(answer.id(), List.of());
    if (found.size() < turns) {
      throw new UserError(
          "Question %s (%s) is judged beside a reference answer, and %s."
              .formatted(
                  answer.id(),
                  answer.category(),
                  found.isEmpty() ? "there is none" : "it has " + found.size() + " turn only"),
          "Give the reference answers with --references FILE (FastChat's reference_answer layout).");
    }
    return found;
  }
}
