package org.soft4j.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;

/**
 * Tasks on a cluster, each a job of its own, so that the next begins as soon as an executor is
 * free. A few more are under way than there are executors.
 *
 * @param executors how many there are now
 */
record SparkJobs(JavaSparkContext spark, IntSupplier executors) {
  private static final long PAUSE_NANOS = 2_000_000L;

  /**
   * Runs tasks. Where one fails, those before it still reach the caller, and those behind it do
   * not.
   *
   * @param input of a task, asked for when its turn comes
   * @param done hears what a task made, in any order, from this thread; what it throws fails the
   *     task
   */
  void run(
      int count,
      IntFunction<String> input,
      Function<String, String> work,
      BiConsumer<Integer, String> done,
      Cancellation cancel) {
    String group = "soft4j-" + UUID.randomUUID();
    spark.setJobGroup(group, "soft4j");
    TreeMap<Integer, JavaFutureAction<List<String>>> underWay = new TreeMap<>();
    try {
      int next = 0;
      int end = count;
      RuntimeException failure = null;
      while (next < end || !underWay.headMap(end).isEmpty()) {
        cancel.check();
        while (next < end && underWay.size() < 2 * Math.max(1, executors.getAsInt())) {
          underWay.put(
              next, spark.parallelize(List.of(input.apply(next)), 1).map(work).collectAsync());
          next++;
        }
        for (int finished : finished(underWay)) {
          try {
            done.accept(finished, result(underWay.remove(finished), cancel));
          } catch (UserError | IllegalStateException failed) {
            if (finished < end) {
              end = finished;
              failure = failed;
            }
          }
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      if (failure != null) {
        throw failure;
      }
    } finally {
      if (!underWay.isEmpty()) {
        spark.cancelJobGroup(group);
      }
      spark.clearJobGroup();
    }
  }

  private static List<Integer> finished(Map<Integer, JavaFutureAction<List<String>>> underWay) {
    return underWay.entrySet().stream()
        .filter(entry -> entry.getValue().isDone())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String result(JavaFutureAction<List<String>> job, Cancellation cancel) {
    try {
      return job.get().get(0);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException failed) {
      cancel.check();
      throw new UserError(
          "A task failed on the cluster, each time that Spark tried it: %s"
              .formatted(firstLines(failed)),
          "The executors' logs say more, in SPARK_HOME/work or where Spark's pages show them.",
          failed);
    }
  }

  private static String firstLines(Throwable failed) {
    String message = String.valueOf(failed.getCause() == null ? failed : failed.getCause());
    return String.join(" ", message.lines().limit(2).toList());
  }
}
