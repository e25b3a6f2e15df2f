package org.soft4j.lm.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * Requests as the tokens that {@link LocalModel} would read, for an engine elsewhere that takes
 * tokens: what a user wrote is text there too, and nothing is added or joined otherwise.
 */
public final class RequestTokens {
  private final ModelSource source;

  /** For a model's files. */
  public RequestTokens(ModelSource source) {
    this.source = source;
  }

  /**
   * A context's tokens.
   *
   * @param tokens without what the request lets be cut off their beginning
   * @param cut whether something was
   */
  public record Context(int[] tokens, boolean cut) {}

  /** The tokens behind which a request's answer is written. */
  public Context context(GenerationRequest request) {
    int[] whole = whole(source, request.context());
    int[] fitted = Writing.fitted(whole, request, source.architecture().maxPositions());
    return new Context(fitted, fitted.length < whole.length);
  }

  /** A context's own tokens; an empty one stands behind the beginning of a text. */
  static int[] whole(ModelSource source, String context) {
    int[] tokens = source.tokenizer().encode(context);
    return tokens.length > 0 ? tokens : new int[] {ScoreEncoder.prefix(source.special())};
  }

  /** Tokens that end what is written: the model's own, and stop texts that are one token each. */
  public int[] ends(GenerationRequest request) {
    Tokenizer tokenizer = source.tokenizer();
    Set<Integer> ids = new TreeSet<>(source.architecture().stopTokens());
    request.stopStrings().stream().map(tokenizer::id).filter(tokenizer::special).forEach(ids::add);
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * A text to be scored.
   *
   * @param tokens all that are read, and the last
   * @param targets how many of the last are scored; 0 where there is nothing to score
   * @param caveats of the score
   */
  public record Scored(int[] tokens, int targets, Set<Caveat> caveats) {
    private static Scored of(ScorePlan plan) {
      int[] targets = plan.targets();
      int[] last = targets.length == 0 ? targets : new int[] {targets[targets.length - 1]};
      return new Scored(
          IntStream.concat(IntStream.of(plan.inputs()), IntStream.of(last)).toArray(),
          targets.length,
          plan.caveats());
    }
  }

  /** Continuations with their contexts, in the order of the requests. */
  public List<Scored> scored(List<ScoreRequest> requests) {
    ScoreEncoder encoder = new ScoreEncoder(source);
    List<Scored> texts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      texts.add(Scored.of(encoder.plan(i, requests.get(i))));
    }
    return texts;
  }

  /**
   * Whole texts, window by window.
   *
   * @param whole hears the texts' scores
   * @param scoring is given the windows and the sink for their scores
   */
  public void windows(
      List<String> texts, Sink<Score> whole, BiConsumer<List<Scored>, Sink<Score>> scoring) {
    RollingWindows windows = new RollingWindows(source, texts);
    scoring.accept(windows.plans().stream().map(Scored::of).toList(), windows.collecting(whole));
  }
}
