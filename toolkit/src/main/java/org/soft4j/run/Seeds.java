package org.soft4j.run;

import java.util.List;

/**
 * Seeds derived from the run's seed, so that each draw depends on what it is for and nothing else.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * The seed of one draw: the first 8 bytes of the sha256 over its arguments.
   *
   * @param seed of the run
   * @param purpose what is drawn, such as {@code label}
   * @param round its round
   * @param id of the prompt, or the empty text
   */
  public static long of(long seed, String purpose, int round, String id) {
    String digest = Provenance.digest(List.of("" + seed, purpose, "" + round, id));
    return Long.parseUnsignedLong(digest.substring(0, 16), 16);
  }
}
