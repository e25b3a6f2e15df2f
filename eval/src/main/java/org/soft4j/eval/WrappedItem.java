package org.soft4j.eval;

import java.util.List;
import java.util.Optional;

/** An item around another one, which it follows in everything that it does not say itself. */
interface WrappedItem extends TaskItem {
  /** The item inside. */
  TaskItem item();

  @Override
  default String id() {
    return item().id();
  }

  @Override
  default String question() {
    return item().question();
  }

  @Override
  default String category() {
    return item().category();
  }

  @Override
  default List<String> turns() {
    return item().turns();
  }

  @Override
  default Optional<String> answer() {
    return item().answer();
  }

  @Override
  default int demonstrations(int asked) {
    return item().demonstrations(asked);
  }

  @Override
  default List<String> notes(int shots) {
    return item().notes(shots);
  }

  @Override
  default ItemDocument document() {
    return item().document();
  }

  @Override
  default int repeats() {
    return item().repeats();
  }

  @Override
  default List<String> filtered(String filter, List<String> texts) {
    return item().filtered(filter, texts);
  }

  @Override
  default List<TaskRequest> requests(Shots shots) {
    return item().requests(shots);
  }

  @Override
  default List<TaskRequest> followUp(Shots shots, List<TaskAnswer> answers) {
    return item().followUp(shots, answers);
  }

  @Override
  default boolean gradedFromSample() {
    return item().gradedFromSample();
  }

  @Override
  default Grade grade(List<TaskAnswer> answers) {
    return item().grade(answers);
  }
}
