package org.soft4j.cli;

import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.soft4j.core.UserError;
import org.soft4j.lm.remote.CostGate;
import picocli.CommandLine.Option;

/** The flags that say what calls of an endpoint may cost. */
final class CostOptions {
  @Option(
      names = "--price-in",
      paramLabel = "P",
      description = "Price of a million tokens of prompts, in any currency.")
  private Optional<Double> in = Optional.empty();

  @Option(
      names = "--price-out",
      paramLabel = "P",
      description = "Price of a million tokens of replies.")
  private Optional<Double> out = Optional.empty();

  @Option(
      names = "--max-cost",
      paramLabel = "M",
      description = "Begin without asking if the cost cannot exceed this.")
  private Optional<Double> maxCost = Optional.empty();

  @Option(names = "--yes", description = "Begin without asking.")
  private boolean yes;

  /** The flags as they were given. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    in.ifPresent(price -> words.addAll(List.of("--price-in", price.toString())));
    out.ifPresent(price -> words.addAll(List.of("--price-out", price.toString())));
    maxCost.ifPresent(cost -> words.addAll(List.of("--max-cost", cost.toString())));
    if (yes) {
      words.add("--yes");
    }
    return words;
  }

  CostGate gate() {
    if (in.isPresent() != out.isPresent()) {
      throw new UserError(
          "One of --price-in and --price-out is missing.", "Give both, or neither.");
    }
    return new CostGate(
        in.map(price -> new CostGate.Prices(price, out.get())),
        maxCost.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        yes,
        Optional.ofNullable(System.console()).map(CostOptions::asking));
  }

  private static Predicate<String> asking(Console console) {
    return question -> {
      String answer = console.readLine(question);
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    };
  }
}
