package org.soft4j.cluster;

import ai.djl.engine.EngineException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.soft4j.cluster.executor.GradientEcho;
import org.soft4j.cluster.executor.GradientFunction;
import org.soft4j.cluster.executor.LearnedState;
import org.soft4j.cluster.executor.ModelSpec;
import org.soft4j.cluster.executor.TaskReply;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.train.MicroBatchGradients;
import org.soft4j.lm.train.MicroBatchResult;
import org.soft4j.lm.train.MicroBatchWork;
import org.soft4j.settings.ClusterSettings;

/**
 * Gradients of a step's micro-batches on the executors: parameters go out once, gradients come
 * back, and are added up here in the order of the micro-batches. Trees of sums add in another
 * order, and so to other bytes.
 *
 * <p>Where it is left to be chosen, the first step that has several micro-batches is computed here
 * and timed; the executors serve where a micro-batch takes longer than what the engine adds to a
 * step.
 */
final class ClusterGradients implements MicroBatchGradients {
  private static final int REHEARSALS = 4;
  private static final long PAUSE_NANOS = 1_000_000L;
  private static final double NANOS = 1e9;

  private final SparkCluster cluster;
  private final ModelSpec spec;
  private final LearnedState learned;
  private final Broadcast<HashMap<String, byte[]>> adapter;
  private final TrainingSettings settings;
  private ClusterSettings.Training where;

  ClusterGradients(
      SparkCluster cluster,
      ModelSpec spec,
      LearnedState learned,
      Broadcast<HashMap<String, byte[]>> adapter,
      TrainingSettings settings) {
    this.cluster = cluster;
    this.spec = spec;
    this.learned = learned;
    this.adapter = adapter;
    this.settings = settings;
    this.where = cluster.settings().training();
  }

  @Override
  public void compute(Step step, Cancellation cancel) {
    switch (where) {
      case EXECUTORS -> onExecutors(step, cancel);
      case DRIVER -> HERE.compute(step, cancel);
      case AUTO -> {
        if (step.works().size() > 1) {
          choose(step, cancel);
        } else {
          HERE.compute(step, cancel);
        }
      }
    }
  }

  private void choose(Step step, Cancellation cancel) {
    byte[] parameters = step.parameters();
    int parts = step.works().size();
    long begun = System.nanoTime();
    HERE.compute(step, cancel);
    double one = (System.nanoTime() - begun) / NANOS / parts;
    double engine = overhead(parameters, parts, cancel);
    boolean away = one > engine;
    where = away ? ClusterSettings.Training.EXECUTORS : ClusterSettings.Training.DRIVER;
    cluster.say(
        String.format(
            Locale.ROOT,
            "training: gradients %s: a micro-batch takes %.3f s, and the engine adds %.3f s to a step"
                + " of %s (--cluster-training says otherwise)",
            away ? "on the executors" : "on this machine",
            one,
            engine,
            parts));
  }

  /** Seconds of a step in which nothing is computed: parameters out, as many bytes back. */
  private double overhead(byte[] parameters, int parts, Cancellation cancel) {
    double[] seconds = new double[REHEARSALS];
    for (int i = 0; i < REHEARSALS; i++) {
      long begun = System.nanoTime();
      Broadcast<byte[]> sent = cluster.spark().broadcast(parameters);
      try {
        collected(Collections.nCopies(parts, new byte[0]), new GradientEcho(sent), cancel);
      } finally {
        sent.destroy();
      }
      seconds[i] = (System.nanoTime() - begun) / NANOS;
    }
    Arrays.sort(seconds);
    return seconds[REHEARSALS / 2];
  }

  private void onExecutors(Step step, Cancellation cancel) {
    Broadcast<byte[]> parameters = cluster.spark().broadcast(step.parameters());
    try {
      List<byte[]> works = step.works().stream().map(MicroBatchWork::bytes).toList();
      var function = new GradientFunction(spec, learned, settings, adapter, parameters);
      for (GradientFunction.Reply reply : collected(works, function, cancel)) {
        TaskReply.read(reply.line());
        if (!reply.memory().isEmpty()) {
          throw new EngineException(reply.memory());
        }
        step.add(MicroBatchResult.of(reply.gradients()));
      }
    } finally {
      parameters.destroy();
    }
  }

  private List<GradientFunction.Reply> collected(
      List<byte[]> works, Function<byte[], GradientFunction.Reply> work, Cancellation cancel) {
    JavaSparkContext spark = cluster.spark();
    JavaFutureAction<List<GradientFunction.Reply>> job =
        spark.parallelize(works, works.size()).map(work).collectAsync();
    try {
      while (!job.isDone()) {
        if (cancel.requested()) {
          job.cancel(true);
          cancel.check();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return job.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException failed) {
      throw new UserError(
          "Gradients could not be computed on the cluster: "
              + String.valueOf(failed.getCause()).lines().findFirst().orElse(""),
          "The executors' logs say more; --cluster-training driver trains on this machine.",
          failed);
    }
  }
}
