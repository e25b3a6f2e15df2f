package org.soft4j.lm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.UserError;

/**
 * A language model: it continues texts and tells how likely texts are. Free of tokens, so that a
 * local model, a remote endpoint and a scripted one all fit.
 *
 * <p>Results reach the sink as they come, which is all that progress, interrupt and resume need.
 * Equal lists of requests give equal results; the same request in another list may differ in the
 * last digits, since matrix kernels round differently for different batch sizes. Long work
 * therefore comes in chunks of a fixed size: a chunk's results are a function of the chunk alone,
 * wherever and beside whatever it is computed.
 */
public interface LanguageModel extends AutoCloseable {
  /** Which model this is. */
  ModelIdentity identity();

  /** Continues every context. */
  void generate(List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel);

  /**
   * Continues one context and tells the text while it is written, as far as it will stay: without
   * half a letter, and without what a stop string may still take away. A model that cannot tell
   * earlier tells it at the end.
   *
   * @param sink hears the text piece by piece; together they are the whole
   */
  default Generation stream(GenerationRequest request, Consumer<String> sink, Cancellation cancel) {
    List<Generation> result = new ArrayList<>();
    generate(List.of(request), (index, generation) -> result.add(generation), cancel);
    sink.accept(result.get(0).text());
    return result.get(0);
  }

  /**
   * Scores every continuation. What cannot be scored comes as a {@link Score} that has none, with
   * the reason among its caveats; whoever needs the number asks it to be {@link Score#orRefused}.
   */
  void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel);

  /**
   * Scores whole texts, as if each followed the model's beginning-of-text token. A model with a
   * window reads a longer text window by window, each behind the last token of the one before; an
   * empty text has no token and the logarithm 0.
   */
  default void scoreWhole(List<String> texts, Sink<Score> sink, Cancellation cancel) {
    List<Integer> filled = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).isEmpty()) {
        sink.accept(i, Score.ofNothing());
      } else {
        filled.add(i);
      }
    }
    score(
        filled.stream().map(i -> new ScoreRequest("", texts.get(i))).toList(),
        (i, score) -> sink.accept(filled.get(i), score),
        cancel);
  }

  /**
   * How many chunks the model wants to have at once: 1 where it computes one after the other, more
   * where executors or calls would stand idle. Loops over chunks hand over as many as there are, up
   * to this number, in one call.
   */
  default int chunksAtOnce() {
    return 1;
  }

  /**
   * Continues every context of several chunks. Each chunk's results are those of {@link
   * #generate(List, Sink, Cancellation)} on it alone, whichever chunks it is computed beside.
   *
   * <p>A failure ends the call as the failure of one chunk alone does, as itself and once. The
   * chunks before the first one that failed have reached the sink then, if they could be finished;
   * none behind it does. A cancelled call ends with a CancellationException, and what has reached
   * the sink by then stays.
   *
   * @param chunks asked for as their turn comes, so that the list may make them then; one that was
   *     handed to the sink is not asked for again
   */
  default void generateChunks(
      List<List<GenerationRequest>> chunks, ChunkSink<Generation> sink, Cancellation cancel) {
    ChunkWork<GenerationRequest, Generation> work = this::generate;
    work.inTurn(chunks, sink, cancel);
  }

  /** Scores every continuation of several chunks; as {@link #generateChunks}. */
  default void scoreChunks(
      List<List<ScoreRequest>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    ChunkWork<ScoreRequest, Score> work = this::score;
    work.inTurn(chunks, sink, cancel);
  }

  /** Scores the whole texts of several chunks; as {@link #generateChunks}. */
  default void scoreWholeChunks(
      List<List<String>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    ChunkWork<String, Score> work = this::scoreWhole;
    work.inTurn(chunks, sink, cancel);
  }

  /**
   * The computation of one chunk, such as {@code model::generate}.
   *
   * @param <Q> request
   * @param <R> result
   */
  @FunctionalInterface
  interface ChunkWork<Q, R> {
    /** Computes the results of a chunk's requests. */
    void compute(List<Q> requests, Sink<R> sink, Cancellation cancel);

    /**
     * The results of a chunk's requests, in their order.
     *
     * @param advanced hears of each as it comes
     */
    default List<R> results(List<Q> requests, IntConsumer advanced, Cancellation cancel) {
      cancel.check();
      List<R> results = new ArrayList<>(Collections.nCopies(requests.size(), null));
      compute(
          requests,
          (i, result) -> {
            results.set(i, result);
            advanced.accept(1);
          },
          cancel);
      return List.copyOf(results);
    }

    /** Computes one chunk after the other. */
    default void inTurn(List<List<Q>> chunks, ChunkSink<R> sink, Cancellation cancel) {
      for (int chunk = 0; chunk < chunks.size(); chunk++) {
        sink.accept(chunk, results(chunks.get(chunk), sink::advanced, cancel));
      }
    }
  }

  /**
   * The model in this process that stands behind this one, such as the one whose files executors
   * open too; this one itself where there is no other.
   */
  default LanguageModel inProcess() {
    return this;
  }

  /** What the bytes of its results depend on, where the model is computed by soft4j itself. */
  default Optional<Computation> computation() {
    return Optional.empty();
  }

  /** Positions computed since the model was opened, where the model itself computes them. */
  default Optional<PositionCount> positions() {
    return Optional.empty();
  }

  /**
   * Whether a request's answer is the same whatever is asked beside it, so that each can be kept as
   * it comes; an endpoint's is, as far as an endpoint can promise anything.
   */
  default boolean answersStandAlone() {
    return false;
  }

  /** Frees the model's memory. */
  @Override
  void close();

  /** Continues every context; the results stand in the order of the requests. */
  default List<Generation> generate(List<GenerationRequest> requests) {
    List<Generation> results = new ArrayList<>(Collections.nCopies(requests.size(), null));
    generate(requests, results::set, Cancellation.NEVER);
    return List.copyOf(results);
  }

  /**
   * Scores every continuation; the results stand in the order of the requests.
   *
   * @throws UserError if one of them cannot be scored
   */
  default List<Score> score(List<ScoreRequest> requests) {
    List<Score> results = new ArrayList<>(Collections.nCopies(requests.size(), null));
    score(
        requests,
        (i, score) -> results.set(i, score.orRefused(requests.get(i))),
        Cancellation.NEVER);
    return List.copyOf(results);
  }

  /**
   * How much a prefix tree spared: positions of contexts and scored texts, decoding steps not
   * counted.
   *
   * @param computed the nodes of the prefix trees
   * @param asked what computing every text for itself would have taken
   */
  record PositionCount(long computed, long asked) {
    /** In words, such as {@code computed 58,112 of 2,070,331 positions}. */
    public String text() {
      return String.format(Locale.ROOT, "computed %,d of %,d positions", computed, asked);
    }
  }
}
