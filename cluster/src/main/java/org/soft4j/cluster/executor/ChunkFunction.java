package org.soft4j.cluster.executor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel.ChunkWork;
import org.soft4j.lm.LanguageModel.PositionCount;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.local.LocalModel;

/** One chunk: the requests' lines in, a {@link TaskReply} out. */
public final class ChunkFunction implements Function<String, String> {
  private static final long serialVersionUID = 1L;

  private final ChunkLines.Kind kind;
  private final String model;
  private final String learned;
  private final String computation;
  private final Broadcast<HashMap<String, byte[]>> adapter;

  /**
   * The work on every chunk of some kind.
   *
   * @param computation the driver's
   * @param adapter its files, or none of them
   */
  public ChunkFunction(
      ChunkLines.Kind kind,
      ModelSpec model,
      LearnedState learned,
      ProcessComputation computation,
      Broadcast<HashMap<String, byte[]>> adapter) {
    this.kind = kind;
    this.model = Json.line(model);
    this.learned = Json.line(learned);
    this.computation = Json.line(computation);
    this.adapter = adapter;
  }

  @Override
  public String call(String requests) {
    Cancellation cancel = killed();
    return TaskReply.line(
        () -> {
          ExecutorFacts.require(Json.read(computation, ProcessComputation.class, "a computation"));
          return ExecutorModels.with(
              Json.read(model, ModelSpec.class, "a model"),
              Json.read(learned, LearnedState.class, "an adapter"),
              adapter::value,
              open -> counted(open, requests, cancel));
        });
  }

  /** Whether Spark has given this task up, as it does when the driver cancels. */
  static Cancellation killed() {
    TaskContext task = TaskContext.get();
    return () -> task != null && task.isInterrupted();
  }

  private TaskReply counted(LocalModel open, String requests, Cancellation cancel) {
    PositionCount before = open.positions().orElseThrow();
    String results = results(open, requests, cancel);
    PositionCount after = open.positions().orElseThrow();
    return new TaskReply(
        ProcessComputation.host(),
        "",
        "",
        after.computed() - before.computed(),
        after.asked() - before.asked(),
        results);
  }

  private String results(LocalModel open, String requests, Cancellation cancel) {
    return switch (kind) {
      case GENERATE -> {
        List<GenerationRequest> texts = ChunkLines.generationRequests(requests);
        yield lines(texts, open::generate, (Generation text) -> ChunkLines.line(text), cancel);
      }
      case SCORE -> {
        List<ScoreRequest> texts = ChunkLines.scoreRequests(requests);
        yield lines(texts, open::score, (Score score) -> ChunkLines.line(score), cancel);
      }
      case SCORE_WHOLE -> {
        List<String> texts = ChunkLines.wholeTexts(requests);
        yield lines(texts, open::scoreWhole, (Score score) -> ChunkLines.line(score), cancel);
      }
    };
  }

  private static <Q, R> String lines(
      List<Q> requests,
      ChunkWork<Q, R> work,
      java.util.function.Function<R, Object> line,
      Cancellation cancel) {
    List<Object> results = new ArrayList<>(Collections.nCopies(requests.size(), null));
    work.compute(requests, (i, result) -> results.set(i, line.apply(result)), cancel);
    return Json.lines(results);
  }
}
