package org.soft4j.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.soft4j.cluster.executor.ChunkFunction;
import org.soft4j.cluster.executor.ChunkLines;
import org.soft4j.cluster.executor.ExecutorFacts;
import org.soft4j.cluster.executor.ExecutorModels;
import org.soft4j.cluster.executor.LearnedState;
import org.soft4j.cluster.executor.ModelSpec;
import org.soft4j.cluster.executor.TaskReply;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkOrder;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.FileFault;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.Computation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.settings.ClusterSettings;

/**
 * A model that executors hold open beside this process. They compute chunks; whatever comes alone,
 * and all files, stay here.
 */
final class ClusterModel implements TrainableModel {
  private final LocalModel local;
  private final SparkCluster cluster;
  private final ModelSpec spec;
  private final Optional<Path> opened;
  private LearnedState learned;
  private Broadcast<HashMap<String, byte[]>> adapter;
  private long computed;
  private long asked;

  private ClusterModel(ModelChoice choice, LocalModel local, SparkCluster cluster) {
    this.local = local;
    this.cluster = cluster;
    this.spec = ModelSpec.of(place(choice.model()), choice.bos(), local);
    this.opened = choice.adapter();
    this.adapter = sent(opened);
    this.learned =
        state(opened.isPresent() ? LearnedState.Kind.ADAPTER : LearnedState.Kind.NONE, "");
  }

  /** The model on a cluster that knows of it. */
  static ClusterModel of(ModelChoice choice, LocalModel local, SparkCluster cluster) {
    try {
      return new ClusterModel(choice, local, cluster);
    } catch (RuntimeException failure) {
      local.close();
      cluster.left();
      throw failure;
    }
  }

  /** Embedded models are in the executors' own jars; others lie where all see them. */
  private static String place(String model) {
    return EmbeddedModels.NAMES.contains(model) && !Files.exists(Path.of(model))
        ? model
        : LocalOpening.resolve(model).toAbsolutePath().normalize().toString();
  }

  private LearnedState state(LearnedState.Kind kind, String path) {
    return new LearnedState(kind, path, local.identity().digest());
  }

  private Broadcast<HashMap<String, byte[]>> sent(Optional<Path> folder) {
    HashMap<String, byte[]> files = new HashMap<>();
    folder.ifPresent(
        from -> {
          for (String name : ExecutorModels.FILES) {
            Path file = from.resolve(name);
            try {
              files.put(name, Files.readAllBytes(file));
            } catch (IOException failure) {
              throw FileFault.of(file, failure);
            }
          }
        });
    return cluster.spark().broadcast(files);
  }

  private void learned(LearnedState.Kind kind, Optional<Path> folder) {
    Broadcast<HashMap<String, byte[]>> before = adapter;
    adapter = sent(kind == LearnedState.Kind.ADAPTER ? folder : Optional.empty());
    before.destroy();
    learned =
        state(
            kind,
            kind == LearnedState.Kind.MODEL
                ? folder.orElseThrow().toAbsolutePath().normalize().toString()
                : "");
  }

  @Override
  public LanguageModel inProcess() {
    return local;
  }

  @Override
  public Optional<Computation> computation() {
    return local.computation();
  }

  @Override
  public ModelIdentity identity() {
    return local.identity();
  }

  /** A window of its own keeps the executors busy. */
  @Override
  public int chunksAtOnce() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void generateChunks(
      List<List<GenerationRequest>> chunks, ChunkSink<Generation> sink, Cancellation cancel) {
    if (!chunks.isEmpty()) {
      local.beginTexts();
    }
    chunks(ChunkLines.Kind.GENERATE, chunks, ChunkLines::generations, sink, cancel);
  }

  @Override
  public void scoreChunks(
      List<List<ScoreRequest>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    chunks(ChunkLines.Kind.SCORE, chunks, ChunkLines::scores, sink, cancel);
  }

  @Override
  public void scoreWholeChunks(
      List<List<String>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    chunks(ChunkLines.Kind.SCORE_WHOLE, chunks, ChunkLines::scores, sink, cancel);
  }

  private <Q, R> void chunks(
      ChunkLines.Kind kind,
      List<List<Q>> chunks,
      Function<String, List<R>> results,
      ChunkSink<R> sink,
      Cancellation cancel) {
    ChunkOrder<R> order = new ChunkOrder<>(sink);
    cluster
        .jobs()
        .run(
            chunks.size(),
            chunk -> ChunkLines.requests(chunks.get(chunk)),
            new ChunkFunction(kind, spec, learned, ExecutorFacts.ofThisProcess(), adapter),
            (chunk, line) -> {
              TaskReply reply = TaskReply.read(line);
              computed += reply.computed();
              asked += reply.asked();
              List<R> values = results.apply(reply.results());
              order.advanced(values.size());
              order.finished(chunk, values);
            },
            cancel);
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    local.generate(requests, sink, cancel);
  }

  @Override
  public Generation stream(GenerationRequest request, Consumer<String> sink, Cancellation cancel) {
    return local.stream(request, sink, cancel);
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    local.score(requests, sink, cancel);
  }

  @Override
  public void scoreWhole(List<String> texts, Sink<Score> sink, Cancellation cancel) {
    local.scoreWhole(texts, sink, cancel);
  }

  @Override
  public Optional<PositionCount> positions() {
    PositionCount here = local.positions().orElseThrow();
    return Optional.of(new PositionCount(here.computed() + computed, here.asked() + asked));
  }

  @Override
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    if (settings.method() instanceof TrainingMethod.Lora
        && cluster.settings().gradients() != ClusterSettings.Training.DRIVER) {
      local.train(
          examples,
          settings,
          output,
          new ClusterGradients(cluster, spec, learned, adapter, settings),
          steps,
          cancel);
    } else {
      local.train(examples, settings, output, steps, cancel);
    }
  }

  @Override
  public int cut(List<TrainingExample> examples, TrainingSettings settings) {
    return local.cut(examples, settings);
  }

  @Override
  public Optional<Start> start() {
    return local.start();
  }

  @Override
  public void requireFits(Path adapter) {
    local.requireFits(adapter);
  }

  @Override
  public void useAdapter(Path folder) {
    local.useAdapter(folder);
    learned(LearnedState.Kind.ADAPTER, Optional.of(folder));
  }

  @Override
  public void useModel(Path folder) {
    local.useModel(folder);
    learned(LearnedState.Kind.MODEL, Optional.of(folder));
  }

  @Override
  public void useBase() {
    local.useBase();
    learned(opened.isPresent() ? LearnedState.Kind.ADAPTER : LearnedState.Kind.NONE, opened);
  }

  @Override
  public void close() {
    try {
      local.close();
    } finally {
      cluster.left();
    }
  }
}
