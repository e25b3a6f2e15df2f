package org.soft4j.eval.judge;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a judging will need, told before the first call.
 *
 * @param calls still to be made
 * @param known replies that are there already
 * @param promptTokens about so many: a quarter of the prompts' UTF-8 bytes and 8 a call, which
 *     English text in common vocabularies stays near
 * @param newTokensAtMost the sum of the bounds on replies
 */
public record Estimate(int calls, int known, long promptTokens, long newTokensAtMost) {
  /** No work. */
  public static final Estimate NOTHING = new Estimate(0, 0, 0, 0);

  private static final int BYTES_PER_TOKEN = 4;
  private static final int TOKENS_PER_CALL = 8;

  /** What calls need of which nothing is known yet. */
  public static Estimate of(List<Call> calls) {
    return of(calls, 0);
  }

  /** Both together, the other so many times. */
  public Estimate plus(Estimate other, int times) {
    return new Estimate(
        calls + times * other.calls,
        known + times * other.known,
        promptTokens + times * other.promptTokens,
        newTokensAtMost + times * other.newTokensAtMost);
  }

  static Estimate of(List<Call> missing, int known) {
    long prompt = 0;
    long reply = 0;
    for (Call call : missing) {
      int bytes = (call.system() + call.user()).getBytes(StandardCharsets.UTF_8).length;
      prompt += TOKENS_PER_CALL + (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
      reply += call.maxTokens();
    }
    return new Estimate(missing.size(), known, prompt, reply);
  }
}
