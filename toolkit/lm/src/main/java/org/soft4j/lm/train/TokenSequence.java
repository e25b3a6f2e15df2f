package org.soft4j.lm.train;

/**
 * A sequence of tokens and which of them are learned.
 *
 * @param ids token ids
 * @param learned whether the token is predicted and learned; same length; the first token is
 *     predicted by nothing, so its mark does not count
 */
public record TokenSequence(int[] ids, boolean[] learned) {
  public TokenSequence {
    if (ids.length != learned.length) {
      throw new IllegalArgumentException(
          "%s token ids but %s marks".formatted(ids.length, learned.length));
    }
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** Number of tokens the loss is taken over. */
  public int learnedTokens() {
    int count = 0;
    for (int i = 1; i < learned.length; i++) {
      count += learned[i] ? 1 : 0;
    }
    return count;
  }
}
