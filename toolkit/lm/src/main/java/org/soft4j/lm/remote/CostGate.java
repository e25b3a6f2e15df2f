package org.soft4j.lm.remote;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.soft4j.core.UserError;

/**
 * Lets calls begin once their cost is known and agreed to.
 *
 * @param prices where the user gave them
 * @param maxCost the user's bound
 * @param yes whether the user agreed beforehand
 * @param ask puts a question to the user; empty where nobody is there to answer
 */
public record CostGate(
    Optional<Prices> prices, OptionalDouble maxCost, boolean yes, Optional<Predicate<String>> ask) {
  /**
   * What a server charges for a million tokens, in any currency.
   *
   * @param in of prompts
   * @param out of replies
   */
  public record Prices(double in, double out) {
    private static final double MILLION = 1e6;

    public Prices {
      if (!(in >= 0) || !(out >= 0)) {
        throw new UserError(
            "--price-in is %s and --price-out is %s.".formatted(in, out),
            "Give prices of 0 or more.");
      }
    }

    /** What so many tokens cost. */
    public double of(long promptTokens, long newTokens) {
      return (promptTokens * in + newTokens * out) / MILLION;
    }
  }

  /** Lets everything begin: its cost was agreed to already, or there is none. */
  public static final CostGate OPEN =
      new CostGate(Optional.empty(), OptionalDouble.empty(), true, Optional.empty());

  /** Lets nothing begin that may cost money: nobody has agreed, and nobody is there to ask. */
  public static final CostGate SHUT =
      new CostGate(Optional.empty(), OptionalDouble.empty(), false, Optional.empty());

  /** A bound needs prices to be compared with. */
  public CostGate {
    if (maxCost.isPresent() && prices.isEmpty()) {
      throw new UserError(
          "--max-cost says nothing without prices.",
          "Give what a million tokens cost: --price-in P --price-out Q.");
    }
  }

  /** The estimate in words. */
  public String words(Estimate estimate) {
    return String.format(
            Locale.ROOT,
            "%,d calls to make, %,d known; about %,d tokens in, at most %,d out",
            estimate.calls(),
            estimate.known(),
            estimate.promptTokens(),
            estimate.newTokensAtMost())
        + prices
            .map(p -> String.format(Locale.ROOT, "; cost at most %.2f", cost(p, estimate)))
            .orElse("");
  }

  private static double cost(Prices prices, Estimate estimate) {
    return prices.of(estimate.promptTokens(), estimate.newTokensAtMost());
  }

  /** Returns if the calls may begin; a UserError otherwise. */
  public void pass(Estimate estimate) {
    if (estimate.calls() == 0) {
      return;
    }
    if (maxCost.isPresent()) {
      double cost = cost(prices.orElseThrow(), estimate);
      if (cost > maxCost.getAsDouble()) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "The judging may cost %.2f, and --max-cost is %.2f.",
                cost,
                maxCost.getAsDouble()),
            "Raise it, judge fewer questions with --limit, or shorten replies with --judge-max-tokens.");
      }
    } else if (!yes && !ask.map(user -> user.test("Go on? [y/N] ")).orElse(false)) {
      throw new UserError(
          "Nothing was asked of the judge: " + words(estimate) + ".",
          "Agree with --yes, or set a bound with --max-cost M --price-in P --price-out Q.");
    }
  }

  /**
   * What calls will need, told before the first one.
   *
   * @param calls still to be made
   * @param known replies that are there already
   * @param promptTokens about so many: a quarter of the prompts' UTF-8 bytes and 8 a call, which
   *     English text in common vocabularies stays near
   * @param newTokensAtMost the sum of the bounds on replies
   */
  public record Estimate(int calls, int known, long promptTokens, long newTokensAtMost) {
    /** No work. */
    public static final Estimate NOTHING = new Estimate(0, 0, 0, 0);

    private static final int BYTES_PER_TOKEN = 4;
    private static final int TOKENS_PER_CALL = 8;

    /** Both together, the other so many times. */
    public Estimate plus(Estimate other, int times) {
      return new Estimate(
          calls + times * other.calls,
          known + times * other.known,
          promptTokens + times * other.promptTokens,
          newTokensAtMost + times * other.newTokensAtMost);
    }

    /** One call, of which nothing is known yet. */
    public static Estimate of(String prompt, int newTokensAtMost) {
      int bytes = prompt.getBytes(StandardCharsets.UTF_8).length;
      int tokens = TOKENS_PER_CALL + (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
      return new Estimate(1, 0, tokens, newTokensAtMost);
    }
  }
}
