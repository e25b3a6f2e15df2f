package org.soft4j.plugin;

import java.util.List;
import java.util.function.BiConsumer;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.open.ModelOpener;

/** Executors on one machine or on many that compute alike. */
public interface ComputeCluster extends AutoCloseable {
  /**
   * Opens models whose chunks the executors compute; each is opened on this machine too, which
   * stays the one that reads and writes files.
   *
   * @param local opens models on this machine
   */
  ModelOpener opener(ModelOpener local);

  /**
   * Runs tasks, one for each input. A user's error of a task arrives once, as itself; an executor
   * that is lost is replaced by another.
   *
   * @param task a public class with a public constructor of no arguments
   * @param done hears the position of an input and what the task made of it, in any order, from the
   *     calling thread
   * @throws java.util.concurrent.CancellationException if asked to end
   */
  void run(
      Class<? extends Task> task,
      List<String> inputs,
      BiConsumer<Integer, String> done,
      Cancellation cancel);

  /** Gives the executors back. */
  @Override
  void close();

  /** Work on an executor: text in, text out. */
  interface Task {
    /** What becomes of an input. */
    String run(String input, Cancellation cancel);
  }
}
