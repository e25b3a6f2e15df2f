package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Set;
import org.soft4j.eval.ItemDocument;
import org.soft4j.eval.TaskItem;

/** An item made of one row, which has its place, its question and its examples from there. */
interface RowItem extends TaskItem {
  /** The row, with its place and its examples. */
  PlacedRow row();

  @Override
  default String id() {
    return row().id();
  }

  @Override
  default String question() {
    return row().question().orElseThrow();
  }

  @Override
  default ItemDocument document() {
    return row().document(counts());
  }

  @Override
  default boolean gradedFromSample() {
    return true;
  }

  /** Names of metrics that the reference harness writes as whole numbers. */
  default Set<String> counts() {
    return Set.of();
  }

  @Override
  default List<String> notes(int shots) {
    return row().notes(shots);
  }

  @Override
  default int demonstrations(int asked) {
    return row().examples(asked);
  }
}
