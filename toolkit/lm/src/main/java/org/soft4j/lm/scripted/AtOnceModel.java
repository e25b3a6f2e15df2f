package org.soft4j.lm.scripted;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkOrder;
import org.soft4j.core.ChunkSink;
import org.soft4j.lm.Computation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;

/**
 * A model that computes several chunks at once, each on a thread of its own, and finishes them in
 * the worst order: the last one first. Whoever stands on {@link
 * org.soft4j.lm.LanguageModel#chunksAtOnce} must make the same of it as of the model inside.
 *
 * @param model answers; stays the caller's until this model is closed
 * @param chunksAtOnce how many
 */
public record AtOnceModel(TrainableModel model, int chunksAtOnce) implements TrainableModel {
  @Override
  public void generateChunks(
      List<List<GenerationRequest>> chunks, ChunkSink<Generation> sink, Cancellation cancel) {
    atOnce(chunks, model::generate, sink, cancel);
  }

  @Override
  public void scoreChunks(
      List<List<ScoreRequest>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    atOnce(chunks, model::score, sink, cancel);
  }

  @Override
  public void scoreWholeChunks(
      List<List<String>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    atOnce(chunks, model::scoreWhole, sink, cancel);
  }

  private <Q, R> void atOnce(
      List<List<Q>> chunks, ChunkWork<Q, R> work, ChunkSink<R> sink, Cancellation cancel) {
    ExecutorService threads = Executors.newFixedThreadPool(chunksAtOnce);
    try {
      ChunkOrder<R> order = new ChunkOrder<>(sink);
      for (int from = 0; from < chunks.size(); from += chunksAtOnce) {
        wave(threads, from, chunks, work, order, cancel);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private <Q, R> void wave(
      ExecutorService threads,
      int from,
      List<List<Q>> chunks,
      ChunkWork<Q, R> work,
      ChunkOrder<R> order,
      Cancellation cancel)
      throws InterruptedException {
    int to = Math.min(chunks.size(), from + chunksAtOnce);
    CountDownLatch behind = new CountDownLatch(0);
    TreeMap<Integer, Future<List<R>>> waiting = new TreeMap<>();
    for (int chunk = to - 1; chunk >= from; chunk--) {
      CountDownLatch mine = new CountDownLatch(1);
      Callable<List<R>> job = job(chunks.get(chunk), work, order, cancel, behind, mine);
      waiting.put(chunk, threads.submit(job));
      behind = mine;
    }
    for (int chunk : waiting.keySet()) {
      try {
        order.finished(chunk, waiting.get(chunk).get());
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(failed.getCause());
      }
    }
  }

  private static <Q, R> Callable<List<R>> job(
      List<Q> items,
      ChunkWork<Q, R> work,
      ChunkOrder<R> order,
      Cancellation cancel,
      CountDownLatch behind,
      CountDownLatch mine) {
    return () -> {
      try {
        List<R> results = work.results(items, order::advanced, cancel);
        behind.await(); // the chunk behind is finished before this one
        return results;
      } finally {
        mine.countDown();
      }
    };
  }

  @Override
  public Optional<Computation> computation() {
    return model.computation();
  }

  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    model.generate(requests, sink, cancel);
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    model.score(requests, sink, cancel);
  }

  @Override
  public void scoreWhole(List<String> texts, Sink<Score> sink, Cancellation cancel) {
    model.scoreWhole(texts, sink, cancel);
  }

  @Override
  public void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    model.train(examples, settings, output, steps, cancel);
  }

  @Override
  public Optional<Start> start() {
    return model.start();
  }

  @Override
  public void requireFits(Path adapter) {
    model.requireFits(adapter);
  }

  @Override
  public void useAdapter(Path adapter) {
    model.useAdapter(adapter);
  }

  @Override
  public void useModel(Path folder) {
    model.useModel(folder);
  }

  @Override
  public void useBase() {
    model.useBase();
  }

  @Override
  public void close() {
    model.close();
  }
}
