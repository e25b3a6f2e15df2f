package org.soft4j.lm.local;

import java.util.Arrays;
import org.soft4j.error.UserError;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.files.ModelSource;
import org.soft4j.lm.text.SpecialTokens;
import org.soft4j.lm.text.Tokenizer;

/**
 * A scoring request as tokens, split as lm-evaluation-harness splits it (lm_eval/api/model.py,
 * encode_pair): trailing white space of the context belongs to the continuation, and the
 * continuation's tokens are those of the whole text after as many as the context has.
 *
 * @param index of the request
 * @param inputs what the model reads: all tokens but the last
 * @param targets the continuation's tokens; the first stands after input {@code start}
 */
record ScorePlan(int index, int[] inputs, int[] targets) {
  int start() {
    return inputs.length - targets.length;
  }

  static ScorePlan of(int index, ScoreRequest request, ModelSource source) {
    int longest = source.architecture().maxPositions();
    return of(index, request, source.tokenizer(), source.special(), longest);
  }

  static ScorePlan of(
      int index, ScoreRequest request, Tokenizer tokenizer, SpecialTokens special, int longest) {
    int[] whole;
    int split;
    if (request.context().isEmpty()) {
      whole = alone(request.continuation(), tokenizer, prefix(special));
      split = 1;
    } else {
      int end = trimmedLength(request.context());
      String context = request.context().substring(0, end);
      whole = tokenizer.encode(request.context() + request.continuation());
      split = tokenizer.encode(context).length;
    }
    if (split == 0) {
      whole = prepend(prefix(special), whole);
      split = 1;
    }
    return cut(index, whole, split, longest);
  }

  /**
   * Keeps the last {@code longest} + 1 tokens, as the harness does; at least one before the
   * targets.
   */
  private static ScorePlan cut(int index, int[] whole, int split, int longest) {
    int count = whole.length - split;
    if (count < 1 || count > longest) {
      throw new UserError(
          "Text number %d has a continuation of %d tokens.".formatted(index + 1, count),
          "Give continuations of 1 to %d tokens.".formatted(longest));
    }
    int[] targets = Arrays.copyOfRange(whole, split, whole.length);
    int from = Math.max(0, whole.length - longest - 1);
    return new ScorePlan(index, Arrays.copyOfRange(whole, from, whole.length - 1), targets);
  }

  private static int[] alone(String continuation, Tokenizer tokenizer, int prefix) {
    int[] tokens = tokenizer.encodePlain(continuation);
    return tokens.length > 1 && tokens[0] == prefix ? tokens : prepend(prefix, tokens);
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

  private static int[] prepend(int first, int[] rest) {
    int[] all = new int[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** Length without trailing white space, as Python's rstrip sees it. */
  private static int trimmedLength(String text) {
    int end = text.length();
    while (end > 0 && isPythonSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isPythonSpace(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == '\u0085'
        || (c >= '\u001c' && c <= '\u001f');
  }
}
