package org.soft4j.eval.judge;

import java.util.List;
import java.util.Map;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sink;

/** Whoever judges: a model, or a rule. */
public interface Judge {
  /** Name for files and tables. */
  String name();

  /** What replies depend on besides the call; part of every cache key. */
  String identity();

  /** Whether calls may cost money, so that the cost is told before the first one. */
  default boolean charges() {
    return false;
  }

  /**
   * How many calls are answered together: 1 where each reply depends on its call alone, else the
   * calls come in fixed chunks of this size, so that a resumed judging gives the same replies.
   */
  default int chunk() {
    return 1;
  }

  /** What a request says of sampling, for the record; empty where that is the temperature alone. */
  default Map<String, Object> sent(double temperature) {
    return Map.of();
  }

  /** How many chunks the judge wants to have at once; see {@link LanguageModel#chunksAtOnce}. */
  default int chunksAtOnce() {
    return 1;
  }

  /** Answers calls; replies reach the sink as they come. */
  void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel);

  /**
   * Answers the calls of several chunks; see {@link LanguageModel#generateChunks}. Each chunk's
   * replies are those of {@link #answer} on it alone.
   */
  default void answerChunks(List<List<Call>> chunks, ChunkSink<Reply> sink, Cancellation cancel) {
    LanguageModel.ChunkWork<Call, Reply> work = this::answer;
    work.inTurn(chunks, sink, cancel);
  }
}
