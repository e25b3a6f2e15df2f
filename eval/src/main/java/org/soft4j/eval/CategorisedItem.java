package org.soft4j.eval;

import java.util.List;
import java.util.Optional;

/**
 * An item that says what it is about.
 *
 * @param item what is asked and how it is graded
 * @param category for tables by category
 */
record CategorisedItem(TaskItem item, String category) implements TaskItem {
  @Override
  public String id() {
    return item.id();
  }

  @Override
  public String question() {
    return item.question();
  }

  @Override
  public List<String> turns() {
    return item.turns();
  }

  @Override
  public Optional<String> answer() {
    return item.answer();
  }

  @Override
  public int demonstrations(int asked) {
    return item.demonstrations(asked);
  }

  @Override
  public ItemDocument document() {
    return item.document();
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
