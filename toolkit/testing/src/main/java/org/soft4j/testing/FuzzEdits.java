package org.soft4j.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Sound inputs with a few edits each, drawn by a fixed seed: pieces that are cut, doubled, moved to
 * another input, and words of the format put anywhere. What reads an input gives a value or a
 * UserError, in short time. {@code -Dfuzz.inputs=1000000} runs a campaign, {@code
 * -Dfuzz.first=250000} goes on with one; docs/fuzzing.md has its counts.
 *
 * @param sound inputs as a tool writes them
 * @param words of the format
 */
public record FuzzEdits(List<byte[]> sound, List<String> words) {
  private static final long SEED = 20_261_130;
  private static final int IN_EVERY_BUILD = 3_000;
  private static final int FEW = 1_000;
  private static final int TOLD = 100_000;
  private static final int SOUND = -1;
  private static final int LONGEST_PIECE = 40;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Of texts. */
  public static FuzzEdits of(List<String> sound, List<String> words) {
    return new FuzzEdits(
        sound.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList(), words);
  }

  /** Reads an input; an outcome is counted by the word that it returns. */
  public interface Reading {
    /** Reads it. */
    String of(byte[] input) throws Exception;
  }

  /** Gives inputs to the reader. */
  public void hold(String name, Reading reading) {
    hold(name, IN_EVERY_BUILD, reading);
  }

  /** Gives so many inputs to a slow reader in every build. */
  public void hold(String name, int inEveryBuild, Reading reading) {
    int inputs = Integer.getInteger("fuzz.inputs", inEveryBuild);
    for (byte[] whole : sound) {
      outcome(name, SOUND, whole, reading);
    }
    int first = Integer.getInteger("fuzz.first", 0);
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    for (int i = first; i - first < inputs; i++) {
      byte[] input = next(new Random(new SplittableRandom(SEED + i).nextLong()));
      outcomes.merge(outcome(name, i, input, reading), 1, Integer::sum);
      int done = i - first + 1;
      if (done % TOLD == 0 || done == inputs) {
        System.out.println(
            "fuzz %s: %s inputs from seed %s: %s".formatted(name, done, SEED + first, outcomes));
      }
    }
    if (outcomes.size() < 2 && inputs >= FEW) {
      throw new AssertionError(name + " gives one outcome alone: " + outcomes);
    }
  }

  private static String outcome(String name, int number, byte[] input, Reading reading) {
    long started = System.nanoTime();
    try {
      String outcome = reading.of(input);
      return within(started) ? outcome : fail(name, number, input, new Exception("too long"));
    } catch (Exception | StackOverflowError other) {
      if (number == SOUND || !refusal(other)) {
        return fail(name, number, input, other);
      }
      return within(started) ? "refused" : fail(name, number, input, new Exception("too long"));
    }
  }

  /** Known by its name, since its module's own tests use this one. */
  private static boolean refusal(Throwable thrown) {
    return thrown.getClass().getName().equals("org.soft4j.core.UserError");
  }

  private static boolean within(long started) {
    return System.nanoTime() - started < LONGEST.toNanos();
  }

  private static String fail(String name, int number, byte[] input, Throwable cause) {
    throw new AssertionError(
        "%s, input %s of seed %s:%n%s".formatted(name, number, SEED, text(input)), cause);
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** Half of the inputs have one edit, a quarter two, and so on. */
  private byte[] next(Random random) {
    byte[] input = one(random);
    do {
      input = edited(input, random);
    } while (random.nextBoolean());
    return input;
  }

  private byte[] one(Random random) {
    return sound.get(random.nextInt(sound.size()));
  }

  /** Half of the edits keep to words or lines, so that most inputs get past the syntax. */
  private byte[] edited(byte[] input, Random random) {
    int at = random.nextInt(input.length + 1);
    int end = Math.min(input.length, at + length(random));
    byte[] other = one(random);
    return switch (random.nextInt(14)) {
      case 0 -> joined(input, at, end, new byte[0]);
      case 1 -> joined(input, at, at, piece(input, at, end));
      case 2 -> joined(input, at, end, from(other, random));
      case 3 -> joined(input, at, at, from(other, random));
      case 4 ->
          joined(
              input, at, Math.min(input.length, at + 1), new byte[] {(byte) random.nextInt(256)});
      case 5 -> joined(input, at, input.length, new byte[0]);
      case 6 -> joined(input, at, random.nextBoolean() ? at : end, word(random));
      case 7, 8, 9 -> replaced(input, at, other, random, FuzzEdits::inWord);
      case 10 -> replaced(input, at, word(random), random, FuzzEdits::inWord);
      case 11 -> replaced(input, at, other, random, FuzzEdits::inLine);
      case 12 -> replaced(input, at, new byte[0], random, FuzzEdits::inLine);
      default -> {
        int[] line = around(input, at, FuzzEdits::inLine);
        yield joined(input, line[0], line[0], piece(input, line[0], line[1]));
      }
    };
  }

  private static boolean inWord(int letter) {
    return Character.isLetterOrDigit(letter) || letter == '_' || letter == '.';
  }

  private static boolean inLine(int letter) {
    return letter != '\n';
  }

  /** The word or line at a place, and the same of another input in its stead. */
  private static byte[] replaced(
      byte[] input, int at, byte[] other, Random random, IntPredicate inside) {
    int[] here = around(input, at, inside);
    int[] there = around(other, random.nextInt(other.length + 1), inside);
    return joined(input, here[0], here[1], piece(other, there[0], there[1]));
  }

  private static int[] around(byte[] input, int at, IntPredicate inside) {
    int from = at;
    int to = at;
    while (from > 0 && inside.test(input[from - 1])) {
      from--;
    }
    while (to < input.length && inside.test(input[to])) {
      to++;
    }
    return new int[] {from, to};
  }

  private byte[] word(Random random) {
    return words.isEmpty()
        ? new byte[] {(byte) 0xff}
        : words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] from(byte[] other, Random random) {
    int at = random.nextInt(other.length + 1);
    return piece(other, at, Math.min(other.length, at + length(random)));
  }

  /** Mostly a few letters. */
  private static int length(Random random) {
    return 1 + random.nextInt(1 + random.nextInt(LONGEST_PIECE));
  }

  private static byte[] piece(byte[] input, int from, int to) {
    return java.util.Arrays.copyOfRange(input, from, to);
  }

  private static byte[] joined(byte[] input, int from, int to, byte[] between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    out.writeBytes(between);
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }
}
