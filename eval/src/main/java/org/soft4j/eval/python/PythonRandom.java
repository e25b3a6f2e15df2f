package org.soft4j.eval.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.random.MersenneTwister;

/** Draws as Python's random.Random with a whole number as seed, so that samples are the same. */
public final class PythonRandom {
  private static final int SMALL = 21;

  private final MersenneTwister bits;

  /** A generator as random.Random(seed) begins. */
  public PythonRandom(int seed) {
    this.bits = new MersenneTwister(new int[] {seed});
  }

  /** What random.sample(list, count) gives. */
  public <T> List<T> sample(List<T> list, int count) {
    int size = list.size();
    if (count > size) {
      throw new IllegalArgumentException("cannot draw %s of %s".formatted(count, size));
    }
    int poolBound = SMALL;
    if (count > 5) {
      poolBound += (int) Math.pow(4, Math.ceil(Math.log(count * 3.0) / Math.log(4)));
    }
    return size <= poolBound ? fromPool(list, count) : bySet(list, count);
  }

  /** What random.shuffle(list) leaves in the list. */
  public <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, below(i + 1));
    }
  }

  /** What random.choices(range(size)) draws next: one number, all alike likely. */
  public int choice(int size) {
    long high = bits.nextInt() >>> 5;
    long low = bits.nextInt() >>> 6;
    double unit = (high * (double) (1L << 26) + low) / (1L << 53);
    return (int) Math.floor(unit * size);
  }

  private <T> List<T> fromPool(List<T> list, int count) {
    List<T> pool = new ArrayList<>(list);
    List<T> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int last = pool.size() - 1 - i;
      int at = below(last + 1);
      drawn.add(pool.get(at));
      pool.set(at, pool.get(last));
    }
    return drawn;
  }

  private <T> List<T> bySet(List<T> list, int count) {
    Set<Integer> taken = new HashSet<>();
    List<T> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = below(list.size());
      while (!taken.add(at)) {
        at = below(list.size());
      }
      drawn.add(list.get(at));
    }
    return drawn;
  }

  private int below(int bound) {
    int length = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    int value = bits.nextInt() >>> (Integer.SIZE - length);
    while (value >= bound) {
      value = bits.nextInt() >>> (Integer.SIZE - length);
    }
    return value;
  }
}
