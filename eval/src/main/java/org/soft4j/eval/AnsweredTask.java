package org.soft4j.eval;

import java.util.List;

/**
 * A task at one number of shots, as a model has answered it.
 *
 * @param card of the task
 * @param shots number of demonstrations
 * @param items in the order of the task
 */
public record AnsweredTask(TaskCard card, int shots, List<Item> items) {
  /** Copies the list. */
  public AnsweredTask {
    items = List.copyOf(items);
  }

  /**
   * One item.
   *
   * @param item of the task
   * @param requests all that was asked, follow-ups after the first
   * @param sample what came
   */
  public record Item(TaskItem item, List<TaskRequest> requests, ItemSample sample) {
    /** Copies the list. */
    public Item {
      requests = List.copyOf(requests);
    }
  }
}
