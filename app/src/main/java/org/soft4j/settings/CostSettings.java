package org.soft4j.settings;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.lm.remote.CostGate;

/** What a judge's calls may cost; what is not given is no number (NaN). */
public record CostSettings(
    @Setting(
            value = "Price of a million tokens of prompts, in any currency.",
            flag = "--price-in",
            label = "P",
            unit = "any currency")
        double priceIn,
    @Setting(
            value = "Price of a million tokens of replies.",
            flag = "--price-out",
            label = "P",
            unit = "the same")
        double priceOut,
    @Setting(
            value = "Start without asking if the cost cannot exceed this.",
            flag = "--max-cost",
            label = "M",
            unit = "the same")
        double maxCost,
    @Setting(value = "Start without asking.", flag = "--yes") boolean yes) {
  static final CostSettings NONE = new CostSettings(Double.NaN, Double.NaN, Double.NaN, false);

  /**
   * Lets calls begin once their cost is agreed to.
   *
   * @param ask puts a question to the user; empty where nobody is there to answer
   */
  public CostGate gate(Optional<Predicate<String>> ask) {
    if (Double.isNaN(priceIn) != Double.isNaN(priceOut)) {
      throw new UserError(
          "One of --price-in and --price-out is missing.", "Give both, or neither.");
    }
    return new CostGate(
        Double.isNaN(priceIn)
            ? Optional.empty()
            : Optional.of(new CostGate.Prices(priceIn, priceOut)),
        Double.isNaN(maxCost) ? OptionalDouble.empty() : OptionalDouble.of(maxCost),
        yes,
        ask);
  }
}
