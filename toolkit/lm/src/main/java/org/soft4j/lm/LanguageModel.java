package org.soft4j.lm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;

/**
 * A language model: it continues texts and tells how likely texts are. Free of tokens, so that a
 * local model, a remote endpoint and a scripted one all fit.
 *
 * <p>Results reach the sink as they come, which is all that progress, interrupt and resume need.
 * Equal lists of requests give equal results; the same request in another list may differ in the
 * last digits, since matrix kernels round differently for different batch sizes.
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
        sink.accept(i, new Score(0, 0, true, new double[0], new double[0]));
      } else {
        filled.add(i);
      }
    }
    score(
        filled.stream().map(i -> new ScoreRequest("", texts.get(i))).toList(),
        (i, score) -> sink.accept(filled.get(i), score),
        cancel);
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
