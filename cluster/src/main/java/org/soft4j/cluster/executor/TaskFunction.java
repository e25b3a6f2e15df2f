package org.soft4j.cluster.executor;

import org.apache.spark.api.java.function.Function;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.plugin.ComputeCluster;

/** Runs a task that the program brings, such as a study's cell; a {@link TaskReply} comes back. */
public final class TaskFunction implements Function<String, String> {
  private static final long serialVersionUID = 1L;

  private final String task;
  private final String computation;

  /**
   * The work on every input.
   *
   * @param computation the driver's
   */
  public TaskFunction(Class<? extends ComputeCluster.Task> task, ProcessComputation computation) {
    this.task = task.getName();
    this.computation = Json.line(computation);
  }

  @Override
  public String call(String input) {
    Cancellation cancel = ChunkFunction.killed();
    return TaskReply.line(
        () -> {
          ExecutorFacts.require(Json.read(computation, ProcessComputation.class, "a computation"));
          return TaskReply.of(made().run(input, cancel));
        });
  }

  private ComputeCluster.Task made() {
    try {
      return Class.forName(task)
          .asSubclass(ComputeCluster.Task.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException(task, absent);
    }
  }
}
