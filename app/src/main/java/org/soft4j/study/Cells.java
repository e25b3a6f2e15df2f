package org.soft4j.study;

import java.util.List;
import org.soft4j.core.Progress;

/** Where cells come from: from the store where they are finished, else from work. */
interface Cells extends AutoCloseable {
  /** All cells, in the order of the keys; those that are stored are not run again. */
  List<Cell> all(List<Cell.Key> keys, Progress.Step step);

  /** Ends what is under way. */
  @Override
  void close();
}
