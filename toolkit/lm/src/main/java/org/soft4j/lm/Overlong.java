package org.soft4j.lm;

/**
 * What becomes of a context that leaves less room in the model's window than an answer may take.
 */
public enum Overlong {
  /**
   * It stays whole: the window may end the answer ({@link Caveat#WINDOW_FULL}), and where it leaves
   * no room at all the answer is empty ({@link Caveat#NO_ROOM}).
   */
  KEEP,
  /**
   * Its beginning is cut off, so that the answer has all of its room, as lm-evaluation-harness does
   * (huggingface.py, generate_until); told as {@link Caveat#CONTEXT_CUT}. Where the answer alone
   * might fill the window nothing can be cut, and it stays whole.
   */
  CUT
}
