package org.soft4j.lm.local;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Generation.Finish;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.tokenizer.Tokenizer;

/** A response in the making: its tokens so far, its own random stream, and when it ends. */
final class Writing {
  final int index;
  final GenerationRequest request;
  final int[] context;
  private final Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
  private final SplittableRandom random;
  private final int bound;
  private final int[] tokens;
  private final double[] logProbabilities;
  private final double[] entropies;
  private Optional<StopRule> rule = Optional.empty();
  private int count;

  /**
   * Begins.
   *
   * @param whole the context's tokens
   * @param maxPositions longest sequence the model reads; a context that leaves no room gives an
   *     empty response that ended for its length
   */
  Writing(int index, GenerationRequest request, int[] whole, int maxPositions) {
    this.index = index;
    this.request = request;
    context = fitted(whole, request, maxPositions);
    if (context.length < whole.length) {
      caveats.add(Caveat.CONTEXT_CUT);
    }
    random = new SplittableRandom(request.seed());
    bound = Math.max(0, Math.min(request.maxNewTokens(), maxPositions - context.length));
    tokens = new int[bound];
    logProbabilities = new double[bound];
    entropies = new double[bound];
  }

  /** The context without what is cut off its beginning, where the request asks for that. */
  static int[] fitted(int[] context, GenerationRequest request, int maxPositions) {
    int room = maxPositions - request.maxNewTokens();
    return request.overlong() == Overlong.CUT && room > 0 && context.length > room
        ? Arrays.copyOfRange(context, context.length - room, context.length)
        : context;
  }

  /** What the tree holds: all of the context but its last token, which the first step feeds. */
  int[] prefix() {
    return Arrays.copyOf(context, context.length - 1);
  }

  /** Positions of keys and values at the end. */
  int positions() {
    return context.length + bound;
  }

  int left() {
    return bound - count;
  }

  int lastToken() {
    return count == 0 ? context[context.length - 1] : tokens[count - 1];
  }

  /** Position of the last token. */
  int position() {
    return context.length - 1 + count;
  }

  /** The next random numbers of this request's own stream. */
  void draw(double[] into, int from, int steps) {
    if (!request.sampling().greedy()) {
      for (int step = 0; step < steps; step++) {
        into[from + step] = random.nextDouble();
      }
    }
  }

  Generation empty() {
    caveats.add(Caveat.NO_ROOM);
    return new Generation("", 0, Finish.LENGTH, new double[0], new double[0], caveats);
  }

  /**
   * Takes decoded steps, and stops at the first that ends the response.
   *
   * @param measured token, log-probability and entropy of each step
   * @param stops the model's stop tokens
   * @return the response, once it has ended
   */
  Optional<Generation> take(
      double[] measured, int from, int steps, Set<Integer> stops, Tokenizer tokenizer) {
    if (rule.isEmpty()) {
      rule = Optional.of(new StopRule(stops, request.stopStrings(), context, tokenizer));
    }
    StopRule ends = rule.get();
    int before = count;
    for (int step = 0; step < steps && count < bound; step++) {
      int at = from + TokenLayout.STEP_COLUMNS * step;
      tokens[count] = (int) measured[at + TokenLayout.STEP_TOKEN];
      logProbabilities[count] = measured[at + TokenLayout.STEP_LOG_PROBABILITY];
      entropies[count] = measured[at + TokenLayout.STEP_ENTROPY];
      count++;
      if (ends.ends(tokens[count - 1])) {
        int end = count - 1;
        return cut(before, ends)
            .or(() -> Optional.of(response(ends.text(first(end)), Finish.STOP_TOKEN)));
      }
    }
    Optional<Generation> cut = cut(before, ends);
    return cut.isPresent() || count < bound
        ? cut
        : Optional.of(response(ends.text(first(count)), Finish.LENGTH));
  }

  /** What people read of it so far; its last letter may be incomplete. */
  String text() {
    return rule.map(ends -> ends.text(first(count))).orElse("");
  }

  /** The response cut before a stop text, if the tokens after {@code before} complete one. */
  private Optional<Generation> cut(int before, StopRule ends) {
    if (ends.cut(first(count)).isEmpty()) {
      return Optional.empty();
    }
    for (int length = before + 1; length <= count; length++) {
      Optional<String> text = ends.cut(first(length));
      if (text.isPresent()) {
        boolean token = length == count && ends.ends(tokens[length - 1]);
        count = length;
        return Optional.of(response(text.get(), token ? Finish.STOP_TOKEN : Finish.STOP_STRING));
      }
    }
    return Optional.empty();
  }

  private int[] first(int length) {
    return Arrays.copyOf(tokens, length);
  }

  private Generation response(String text, Finish finish) {
    if (finish == Finish.LENGTH && bound < request.maxNewTokens()) {
      caveats.add(Caveat.WINDOW_FULL);
    }
    return new Generation(
        text,
        count,
        finish,
        Arrays.copyOf(logProbabilities, count),
        Arrays.copyOf(entropies, count),
        caveats);
  }
}
