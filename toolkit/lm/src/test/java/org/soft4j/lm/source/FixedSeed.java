package org.soft4j.lm.source;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.driver.FuzzedDataProviderImpl;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.soft4j.core.UserError;

/**
 * A campaign without an agent: inputs drawn by a fixed seed, a few thousand in every build, as many
 * as {@code -Dfuzz.inputs} says in a campaign. Each has one outcome, a word or a UserError;
 * anything else ends the campaign and names the input's number.
 */
public final class FixedSeed {
  private static final long SEED = 20_261_130;
  private static final int IN_EVERY_BUILD = 3_000;
  private static final int BYTES = 400;

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
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    for (int i = 0; i < inputs; i++) {
      byte[] bytes = new byte[BYTES];
      new Random(new SplittableRandom(SEED + i).nextLong()).nextBytes(bytes);
      outcomes.merge(outcome(name, i, bytes, target), 1, Integer::sum);
    }
    System.out.printf("fuzz %s: %,d inputs from seed %d: %s%n", name, inputs, SEED, outcomes);
    if (outcomes.size() < 2) {
      throw new AssertionError(name + " has one outcome alone: " + outcomes);
    }
  }

  private static String outcome(String name, int number, byte[] bytes, Target target) {
    String[] word = new String[1];
    try (FuzzedDataProviderImpl data = FuzzedDataProviderImpl.withJavaData(bytes)) {
      boolean accepted = ParserBounds.hold(bytes.length, () -> word[0] = told(target, data));
      return accepted ? word[0] : "refused";
    } catch (RuntimeException | Error failure) {
      throw new AssertionError(name + ", input " + number + " of seed " + SEED, failure);
    }
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
