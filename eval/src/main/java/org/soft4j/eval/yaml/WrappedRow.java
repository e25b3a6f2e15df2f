package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskRequest;

/** A row around another one, which asks what that asks and is graded otherwise. */
sealed interface WrappedRow extends RowItem permits FilteredItem, ScoredItem {
  /** The row inside. */
  RowItem asked();

  @Override
  default PlacedRow row() {
    return asked().row();
  }

  @Override
  default String question() {
    return asked().question();
  }

  @Override
  default Optional<String> answer() {
    return asked().answer();
  }

  @Override
  default Set<String> counts() {
    return asked().counts();
  }

  @Override
  default int demonstrations(int shots) {
    return asked().demonstrations(shots);
  }

  @Override
  default List<String> notes(int shots) {
    return asked().notes(shots);
  }

  @Override
  default int repeats() {
    return asked().repeats();
  }

  @Override
  default List<String> filtered(String filter, List<String> texts) {
    return asked().filtered(filter, texts);
  }

  @Override
  default List<TaskRequest> requests(Shots shots) {
    return asked().requests(shots);
  }
}
