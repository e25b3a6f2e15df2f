package org.soft4j.eval;

import java.util.List;
import org.soft4j.datasets.Demonstration;

/**
 * The demonstrations before one item, and how contexts are written.
 *
 * @param demonstrations in order; empty for zero-shot
 * @param form writes contexts; a task with a form of its own need not use it
 */
public record Shots(List<Demonstration> demonstrations, ContextForm form) {
  /** Copies the list. */
  public Shots {
    demonstrations = List.copyOf(demonstrations);
  }

  /** The context that asks the prompt after these demonstrations. */
  public String context(String prompt) {
    return form.context(demonstrations, prompt);
  }
}
