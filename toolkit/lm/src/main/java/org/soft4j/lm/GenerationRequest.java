package org.soft4j.lm;

import java.util.List;

/**
 * A context and how to continue it.
 *
 * @param context the whole text the model sees, taken as it is: special tokens written in it are
 *     parsed, and a beginning-of-text token is added only where the tokenizer itself adds it
 * @param sampling how tokens are drawn
 * @param maxNewTokens at most this many tokens
 * @param stopStrings generation ends before the first of these, sought in the text with special
 *     tokens written out and without; the model's own stop tokens always end it
 * @param seed of this request's own random stream; the draws depend on nothing else
 * @param overlong what becomes of a context that leaves too little room
 */
public record GenerationRequest(
    String context,
    Sampling sampling,
    int maxNewTokens,
    List<String> stopStrings,
    long seed,
    Overlong overlong) {
  public GenerationRequest {
    stopStrings = List.copyOf(stopStrings);
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens must be 1 or more, not " + maxNewTokens);
    }
  }

  /** A request whose context stays whole. */
  public GenerationRequest(
      String context, Sampling sampling, int maxNewTokens, List<String> stopStrings, long seed) {
    this(context, sampling, maxNewTokens, stopStrings, seed, Overlong.KEEP);
  }

  /** The same request, whose context is treated so where it leaves too little room. */
  public GenerationRequest with(Overlong other) {
    return new GenerationRequest(context, sampling, maxNewTokens, stopStrings, seed, other);
  }

  /**
   * What becomes of a context that leaves less room in the model's window than an answer may take.
   */
  public enum Overlong {
    /**
     * It stays whole: the window may end the answer ({@link Caveat#WINDOW_FULL}), and where it
     * leaves no room at all the answer is empty ({@link Caveat#NO_ROOM}).
     */
    KEEP,
    /**
     * Its beginning is cut off, so that the answer has all of its room, as lm-evaluation-harness
     * does (huggingface.py, generate_until); told as {@link Caveat#CONTEXT_CUT}. Where the answer
     * alone might fill the window nothing can be cut, and it stays whole.
     */
    CUT
  }
}
