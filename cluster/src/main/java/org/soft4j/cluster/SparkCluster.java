package org.soft4j.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.soft4j.cluster.executor.ExecutorFacts;
import org.soft4j.cluster.executor.ProcessComputation;
import org.soft4j.cluster.executor.TaskFunction;
import org.soft4j.cluster.executor.TaskReply;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.LibraryLogs;
import org.soft4j.core.UserError;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.ComputeCluster;
import org.soft4j.settings.ClusterSettings;

/**
 * One application of Spark, begun with the first model or task and ended with the last model.
 * Before any work all executors must compute alike.
 */
final class SparkCluster implements ComputeCluster {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long SETTLED_NANOS = 3_000_000_000L;
  private static final long PAUSE_NANOS = 50_000_000L;
  private static final int ROUNDS_OF_QUESTIONS = 20;

  private final ClusterSettings settings;
  private final Consumer<String> say;
  private Optional<JavaSparkContext> context = Optional.empty();
  private int models;

  SparkCluster(ClusterSettings settings, Consumer<String> say) {
    this.settings = settings;
    this.say = say;
  }

  @Override
  public ModelOpener opener(ModelOpener local) {
    return new ModelOpener() {
      @Override
      public OpenedModel open(ModelChoice choice) {
        OpenedModel opened = local.open(alike(choice));
        return opened.model() instanceof LocalModel here
            ? new OpenedModel(ClusterModel.of(choice, here, joined(here)), opened.chat())
            : opened;
      }

      @Override
      public void require(ModelChoice choice) {
        local.require(alike(choice));
      }

      @Override
      public Optional<Unopened> look(ModelChoice choice) {
        return local.look(alike(choice));
      }
    };
  }

  /** As many threads everywhere: all processors of a machine would be another number on each. */
  private static ModelChoice alike(ModelChoice choice) {
    return choice.threads() > 0
        ? choice
        : new ModelChoice(
            choice.model(), choice.adapter(), choice.device(), choice.dtype(), 1, choice.bos());
  }

  private synchronized SparkCluster joined(LocalModel model) {
    try {
      long bytes = model.base().parameters() * (model.base().dtype().equals("float32") ? 4L : 2L);
      begun(model.base().threads(), bytes);
      models++;
      return this;
    } catch (RuntimeException failure) {
      model.close();
      throw failure;
    }
  }

  /** One model less; with the last one the executors are given back. */
  synchronized void left() {
    models--;
    if (models == 0) {
      close();
    }
  }

  /** Runs tasks of any kind. */
  SparkJobs jobs() {
    JavaSparkContext spark = context.orElseThrow();
    return new SparkJobs(spark, () -> executors(spark));
  }

  JavaSparkContext spark() {
    return context.orElseThrow();
  }

  ClusterSettings settings() {
    return settings;
  }

  void say(String line) {
    say.accept(line);
  }

  @Override
  public void run(
      Class<? extends Task> task,
      List<String> inputs,
      BiConsumer<Integer, String> done,
      Cancellation cancel) {
    synchronized (this) {
      begun(1, 0);
    }
    Function<String, String> work = new TaskFunction(task, ExecutorFacts.ofThisProcess());
    jobs()
        .run(
            inputs.size(),
            inputs::get,
            work,
            (i, reply) -> done.accept(i, TaskReply.read(reply).results()),
            cancel);
  }

  private void begun(int threads, long nativeBytes) {
    if (context.isPresent()) {
      return;
    }
    SparkConf conf = SparkConfiguration.of(settings, threads, nativeBytes);
    quiet();
    JavaSparkContext spark;
    try {
      spark = new JavaSparkContext(conf);
    } catch (RuntimeException refused) {
      throw new UserError(
          "No application can be begun at --cluster %s: %s"
              .formatted(settings.master(), refused.getMessage()),
          "Check the master's address, and that it runs Spark 4.2 for Scala 2.13.",
          refused);
    }
    try {
      wait(spark);
      List<ExecutorFacts> facts = facts(spark);
      refuseUnlike(facts);
      say.accept(line(facts, threads));
      context = Optional.of(spark);
    } catch (RuntimeException failure) {
      spark.close();
      throw failure;
    }
  }

  /** Spark tells at length what it does; its faults come as exceptions. */
  private static void quiet() {
    LibraryLogs.quietWithoutProvider();
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty(
          "log4j2.configurationFile", "classpath:org/soft4j/cluster/log4j2.properties");
    }
  }

  private int executors(JavaSparkContext spark) {
    // The driver is among them.
    return SparkConfiguration.inProcess(settings.master())
        ? Math.max(1, spark.defaultParallelism())
        : spark.statusTracker().getExecutorInfos().length - 1;
  }

  /** Until those are there that a local cluster starts, or no more come. */
  private void wait(JavaSparkContext spark) {
    int wanted = SparkConfiguration.executors(settings.master()).orElse(Integer.MAX_VALUE);
    if (SparkConfiguration.inProcess(settings.master())) {
      return;
    }
    long begun = System.nanoTime();
    long changed = begun;
    int seen = 0;
    while (seen < wanted && (seen == 0 || System.nanoTime() - changed < SETTLED_NANOS)) {
      int now = executors(spark);
      if (now != seen) {
        seen = now;
        changed = System.nanoTime();
      }
      if (System.nanoTime() - begun > PATIENCE_NANOS) {
        if (seen > 0) {
          return;
        }
        throw new UserError(
            "No executor came from --cluster %s within a minute.".formatted(settings.master()),
            "Its workers may be down or busy, or have fewer processors or less memory than asked:"
                + " give a smaller --threads, or -Dspark.executor.memory in SOFT4J_JAVA_OPTIONS.");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Asks until every executor has answered. */
  private List<ExecutorFacts> facts(JavaSparkContext spark) {
    Map<String, ExecutorFacts> byId = new TreeMap<>();
    boolean inProcess = SparkConfiguration.inProcess(settings.master());
    for (int round = 0; round < ROUNDS_OF_QUESTIONS; round++) {
      int there = inProcess ? 1 : executors(spark);
      if (!byId.isEmpty() && byId.size() >= there) {
        break;
      }
      List<Integer> questions = IntStream.range(0, 2 * Math.max(1, there)).boxed().toList();
      for (String line :
          spark
              .parallelize(questions, questions.size())
              .map(new ExecutorFacts.Question())
              .collect()) {
        ExecutorFacts facts = Json.read(line, ExecutorFacts.class, "an executor's facts");
        byId.put(facts.id(), facts);
      }
    }
    return List.copyOf(byId.values());
  }

  private static void refuseUnlike(List<ExecutorFacts> facts) {
    ProcessComputation here = ExecutorFacts.ofThisProcess();
    List<String> unlike =
        facts.stream()
            .flatMap(
                one ->
                    one
                        .computation()
                        .differs(here)
                        .map(
                            words -> "executor %s on %s: %s".formatted(one.id(), one.host(), words))
                        .stream())
            .toList();
    if (!unlike.isEmpty()) {
      throw ExecutorFacts.unlike(String.join("; ", unlike));
    }
  }

  private String line(List<ExecutorFacts> facts, int threads) {
    String hosts =
        facts.stream()
            .collect(
                Collectors.groupingBy(ExecutorFacts::host, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> "%s on %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    return "cluster %s: executors %s, of --threads %s each, kernels %s"
        .formatted(settings.master(), hosts, threads, facts.get(0).computation().kernels().aten());
  }

  @Override
  public synchronized void close() {
    context.ifPresent(JavaSparkContext::close);
    context = Optional.empty();
  }
}
