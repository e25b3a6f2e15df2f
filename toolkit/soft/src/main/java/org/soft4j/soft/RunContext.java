package org.soft4j.soft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.ChunkedStage;
import org.soft4j.core.Json;
import org.soft4j.core.OnDemand;
import org.soft4j.core.RunFolder;
import org.soft4j.eval.Evaluator;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.TrainableModel;

/** What every stage of a run needs. */
record RunContext(
    RunFolder folder,
    SoftInputs inputs,
    SoftSettings settings,
    TrainableModel model,
    Evaluator evaluation,
    RunEvents events,
    Cancellation cancel,
    ModelState state) {

  /** Where the model stands; putting an adapter to use is slow, so it is not done twice. */
  static final class ModelState {
    private int round;
  }

  /** Gives the model the state it has after a round. */
  void position(int round) {
    if (state.round == round) {
      return;
    }
    if (round == 0) {
      model.useBase();
    } else {
      use(trained(round));
    }
    state.round = round;
  }

  private void use(Path trained) {
    if (full()) {
      model.useModel(trained);
    } else {
      model.useAdapter(trained);
    }
  }

  private boolean full() {
    return settings.training().method() == TrainingOptions.Trained.FULL;
  }

  /** Name of what a round's training writes. */
  String trainedName(int round) {
    return RunFiles.round(round, full() ? "model" : "adapter");
  }

  Path trained(int round) {
    return folder.path(trainedName(round));
  }

  Labeller labeller() {
    return Labeller.of(inputs.pool(), inputs.template(), settings);
  }

  /** Runs a stage in chunks into a JSON Lines file; a finished file is taken as it is. */
  <T, R> List<R> chunked(
      String stage,
      int round,
      String file,
      Class<R> type,
      int chunk,
      List<T> items,
      Work<T, R> work) {
    String whole = RunFiles.round(round, file);
    ChunkedStage<T, R> chunks = new ChunkedStage<>(folder, whole + ".chunks", type, chunk);
    if (!folder.has(whole)) {
      events.started(stage, round, items.size(), chunks.finished(items.size()));
      IntConsumer advanced = by -> events.advanced(stage, round, by);
      List<R> results =
          chunks.run(
              items,
              model.chunksAtOnce(),
              (parts, sink) -> work.compute(parts, sink, cancel),
              advanced);
      folder.write(whole, Json.lines(results));
      events.finished(stage, round);
    }
    chunks.clear();
    return Json.readLines(folder.read(whole), type, whole);
  }

  /**
   * Scores one text for each item of some chunks; one that cannot be scored is a UserError.
   *
   * @param asking the request for an item
   * @param reading what is made of an item and its score
   */
  static <T, R> void score(
      LanguageModel model,
      List<List<T>> chunks,
      Function<T, ScoreRequest> asking,
      BiFunction<T, Score, R> reading,
      ChunkSink<R> sink,
      Cancellation cancel) {
    OnDemand<List<ScoreRequest>> asked =
        new OnDemand<>(chunks.size(), chunk -> chunks.get(chunk).stream().map(asking).toList());
    model.scoreChunks(
        asked.list(requests -> requests),
        sink.after(
            (chunk, scores) -> {
              List<ScoreRequest> requests = asked.take(chunk);
              List<R> results = new ArrayList<>();
              for (int i = 0; i < scores.size(); i++) {
                Score score = scores.get(i).orRefused(requests.get(i));
                results.add(reading.apply(chunks.get(chunk).get(i), score));
              }
              return results;
            }),
        cancel);
  }

  /** The computation of some chunks. */
  @FunctionalInterface
  interface Work<T, R> {
    void compute(List<List<T>> chunks, ChunkSink<R> sink, Cancellation cancel);
  }
}
