package org.soft4j.eval;

import java.util.List;

/**
 * An item together with its row of the data set, for tasks that the reference harness has too.
 *
 * @param item what is asked and graded
 * @param document as the harness logs it
 */
public record DocumentedItem(TaskItem item, ItemDocument document) implements TaskItem {
  @Override
  public String id() {
    return item.id();
  }

  @Override
  public String question() {
    return item.question();
  }

  @Override
  public String category() {
    return item.category();
  }

  @Override
  public List<String> turns() {
    return item.turns();
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    return item.requests(shots);
  }

  @Override
  public List<TaskRequest> followUp(Shots shots, List<TaskAnswer> answers) {
    return item.followUp(shots, answers);
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    return item.grade(answers);
  }
}
