package org.soft4j.lm.source;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.soft4j.core.UserError;

/**
 * A campaign without an agent: inputs drawn by a fixed seed, a few thousand in every build, as many
 * as {@code -Dfuzz.inputs} says in a campaign, of which {@code -Dfuzz.first} continues an earlier
 * one. Each has one outcome, a word or a UserError; anything else ends the campaign and names the
 * input's number.
 */
public final class FixedSeed {
  private static final long SEED = 20_261_130;
  private static final int IN_EVERY_BUILD = 3_000;
  private static final int TOLD = 100_000;

  private FixedSeed() {}

  /** A parser that tells its outcome in a word. */
  @FunctionalInterface
  public interface Target {
    /** Reads one input. */
    String outcome(FuzzedDataProvider data) throws Exception;
  }

  /** Runs a campaign and prints its counts. */
  public static void run(String name, Target target) {
    int inputs = Integer.getInteger("fuzz.inputs", IN_EVERY_BUILD);
    int first = Integer.getInteger("fuzz.first", 0);
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < inputs; i++) {
      outcomes.merge(outcome(name, first + i, target), 1, Integer::sum);
      if ((i + 1) % TOLD == 0 || i + 1 == inputs) {
        System.out.printf(
            "fuzz %s: %,d inputs from seed %d: %s%n", name, i + 1, SEED + first, outcomes);
      }
    }
    if (outcomes.size() < 2) {
      throw new AssertionError(name + " has one outcome alone: " + outcomes);
    }
  }

  private static String outcome(String name, int number, Target target) {
    Random random = new Random(new SplittableRandom(SEED + number).nextLong());
    String[] word = new String[1];
    try {
      boolean accepted = ParserBounds.hold(0, () -> word[0] = told(target, data(random)));
      return accepted ? word[0] : "refused";
    } catch (RuntimeException | Error failure) {
      throw new AssertionError(name + ", input " + number + " of seed " + SEED, failure);
    }
  }

  /** What a fuzzer chooses, drawn; Jazzer's own needs its agent. */
  private static FuzzedDataProvider data(Random random) {
    return (FuzzedDataProvider)
        Proxy.newProxyInstance(
            FixedSeed.class.getClassLoader(),
            new Class<?>[] {FuzzedDataProvider.class},
            (self, method, given) ->
                switch (method.getName()) {
                  case "consumeBoolean" -> random.nextBoolean();
                  case "consumeByte" -> (byte) random.nextInt(256);
                  case "consumeBytes" -> bytes(random, random.nextInt((int) given[0] + 1));
                  case "consumeInt" ->
                      given == null
                          ? random.nextInt()
                          : (int) given[0] + random.nextInt((int) given[1] - (int) given[0] + 1);
                  case "consumeLong" ->
                      given == null
                          ? random.nextLong() >> random.nextInt(64)
                          : random
                              .longs(1, (long) given[0], (long) given[1] + 1)
                              .findFirst()
                              .getAsLong();
                  case "consumeLongs" ->
                      LongStream.generate(() -> random.nextLong() >> random.nextInt(64))
                          .limit(random.nextInt((int) given[0] + 1))
                          .toArray();
                  case "consumeDouble" -> Double.longBitsToDouble(random.nextLong());
                  case "consumeString" -> letters(random, random.nextInt((int) given[0] + 1));
                  case "pickValue" -> pick(random, given[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Object pick(Random random, Object given) {
    List<?> values = given instanceof List<?> list ? list : List.of((Object[]) given);
    return values.get(random.nextInt(values.size()));
  }

  /** Half of them ASCII, with controls. */
  private static String letters(Random random, int length) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
    }
    return letters.toString();
  }

  private static String told(Target target, FuzzedDataProvider data) {
    try {
      return target.outcome(data);
    } catch (UserError refused) {
      throw refused;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
