package org.soft4j.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Random streams that depend on a seed and on names, never on the order in which they are asked
 * for. Uses {@link Random}, whose numbers the Java platform fixes for all time.
 */
public final class Seeds {
  private Seeds() {}

  /** A stream of its own for this seed and these names (their {@code toString} counts). */
  public static Random random(long seed, Object... names) {
    return new Random(mix(seed, names));
  }

  /** A 64-bit seed made of a seed and names: FNV-1a over the names, then SplitMix64's finalizer. */
  public static long mix(long seed, Object... names) {
    long hash = 0xcbf29ce484222325L ^ scramble(seed);
    for (Object name : names) {
      String text = name.toString();
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
      }
      hash = (hash ^ 0x1f) * 0x100000001b3L;
    }
    return scramble(hash);
  }

  /** The list in a random order; the argument is left as it is. */
  public static <T> List<T> shuffled(List<T> values, Random random) {
    List<T> copy = new ArrayList<>(values);
    Collections.shuffle(copy, random);
    return List.copyOf(copy);
  }

  /** Some of the values, drawn without replacement; all of them where there are not enough. */
  public static <T> List<T> sample(List<T> values, int count, Random random) {
    List<T> order = shuffled(values, random);
    return order.subList(0, Math.min(count, order.size()));
  }

  /** One of the values. */
  public static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private static long scramble(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
