package org.soft4j.core;

import java.util.List;

/**
 * DrawSeed derived from the run's seed, so that each draw depends on what it is for and nothing
 * else.
 */
public final class DrawSeed {
  private DrawSeed() {}

  /**
   * The seed of one draw: the first 8 bytes of the sha256 over its arguments.
   *
   * @param seed of the run
   * @param purpose what is drawn, such as {@code label}
   * @param round its round
   * @param id of the prompt, or the empty text
   */
  public static long of(long seed, String purpose, int round, String id) {
    String digest = Sha256.of(List.of("" + seed, purpose, "" + round, id));
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }
}
