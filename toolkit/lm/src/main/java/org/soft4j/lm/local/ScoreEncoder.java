package org.soft4j.lm.local;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;

/**
 * Turns scoring requests into tokens as lm-evaluation-harness does (lm_eval/api/model.py,
 * encode_pair): trailing white space of the context belongs to the continuation; the context's
 * tokens are those of the context alone, and the continuation's are those of the whole text after
 * as many as the context has. Where a token would reach over the border, the model thus reads other
 * tokens than those of the whole text. Each distinct context is encoded once.
 */
final class ScoreEncoder {
  private final Tokenizer tokenizer;
  private final SpecialTokens special;
  private final int longest;
  private final Map<String, int[]> contexts = new HashMap<>();

  ScoreEncoder(ModelSource source) {
    this(source.tokenizer(), source.special(), source.architecture().maxPositions());
  }

  /**
   * Encodes for a model.
   *
   * @param longest tokens that it reads at once
   */
  ScoreEncoder(Tokenizer tokenizer, SpecialTokens special, int longest) {
    this.tokenizer = tokenizer;
    this.special = special;
    this.longest = longest;
  }

  ScorePlan plan(int index, ScoreRequest request) {
    if (request.context().isEmpty()) {
      return fitted(index, alone(request.continuation()), 1);
    }
    String trimmed = PythonText.stripped(request.context(), false, true);
    int[] context = contexts.computeIfAbsent(trimmed, tokenizer::encode);
    int[] whole = tokenizer.encode(request.context() + request.continuation());
    if (context.length == 0) {
      return fitted(index, join(new int[] {prefix(special)}, whole), 1);
    }
    int[] rest = Arrays.copyOfRange(whole, Math.min(context.length, whole.length), whole.length);
    return fitted(index, join(context, rest), context.length);
  }

  /**
   * Keeps the last {@code longest} + 1 tokens, as the harness does; at least one before the
   * targets.
   */
  private ScorePlan fitted(int index, int[] tokens, int split) {
    int count = tokens.length - split;
    if (count < 1) {
      return ScorePlan.without(index, Caveat.NO_TOKENS);
    }
    if (count > longest) {
      return ScorePlan.without(index, Caveat.TOO_LONG);
    }
    int from = Math.max(0, tokens.length - longest - 1);
    return new ScorePlan(
        index,
        Arrays.copyOfRange(tokens, from, tokens.length - 1),
        Arrays.copyOfRange(tokens, split, tokens.length),
        from > 0 ? Set.of(Caveat.CONTEXT_CUT) : Set.of());
  }

  private int[] alone(String continuation) {
    int[] tokens = tokenizer.encodePlain(continuation);
    int prefix = prefix(special);
    return tokens.length > 1 && tokens[0] == prefix ? tokens : join(new int[] {prefix}, tokens);
  }

  /** The token that stands for an empty context. */
  static int prefix(SpecialTokens special) {
    return special
        .prefix()
        .orElseThrow(
            () ->
                new UserError(
                    "The context is empty, and the model names no token to begin a text with.",
                    "Give a context, or name bos_token_id in the model's config.json."));
  }

  private static int[] join(int[] first, int[] rest) {
    return IntStream.concat(IntStream.of(first), IntStream.of(rest)).toArray();
  }
}
