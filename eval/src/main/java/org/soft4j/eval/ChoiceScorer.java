package org.soft4j.eval;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.soft4j.eval.ScoredChoices.Choice;

/**
 * A scorer of multiple choice. Log-probabilities are natural and summed over a choice's tokens; of
 * equal ones the first choice wins unless it is said otherwise.
 */
@FunctionalInterface
public interface ChoiceScorer extends Scorer<ScoredChoices> {
  /** 1 where a right choice has the highest log-probability (lm-evaluation-harness). */
  Metric ACC = accuracy("acc", Choice::score, false);

  /** {@link #ACC} by log-probability / characters of the choice (lm-evaluation-harness). */
  Metric ACC_NORM = accuracy("acc_norm", ChoiceScorer::perCharacter, false);

  /** {@link #ACC} by log-probability / UTF-8 bytes of the choice (lm-evaluation-harness). */
  Metric ACC_BYTES = accuracy("acc_bytes", ChoiceScorer::perByte, false);

  /**
   * {@link #ACC} by log-probability after the context - log-probability without it
   * (lm-evaluation-harness); the requests without a context stand behind the others.
   */
  Metric ACC_MUTUAL_INFO = accuracy("acc_mutual_info", c -> c.score() - c.alone(), false);

  /** 1 where every token of a right choice was the most likely one (lm-evaluation-harness). */
  Metric EXACT_MATCH =
      value(
          "exact_match",
          all -> truth(all.choices().stream().anyMatch(c -> c.right() && c.greedy())));

  /**
   * {@link #ACC} with equals counted wrong, for sets whose right choice always stands first
   * (TruthfulQA's binary setting, truthfulqa/models.py compares by a strict greater-than).
   */
  Metric MC0 = accuracy("mc0", Choice::score, true);

  /** 1 where the first choice, which is the best answer, is the most likely (Lin et al. 2022). */
  Metric MC1 = value("mc1", all -> truth(all.best() == 0));

  /**
   * Sum of exp(log-probability) over right choices / the same sum over all (Lin et al. 2022);
   * without choices it says nothing.
   */
  Metric MC2 = share("mc2", ChoiceScorer::inOrder);

  /**
   * {@link #MC2} by a compensated sum, which may differ in the last bit: samples of {@code
   * truthfulqa_mc2} hold it.
   */
  Metric MC2_COMPENSATED = share("mc2", values -> DoubleStream.of(values).sum());

  /**
   * Of two choices: 1 where the right one is likelier than the other, one half for equals, else 0
   * (Askell et al. 2021).
   */
  Metric PREFERENCE =
      value(
          "preference",
          all -> {
            int right = all.choices().get(0).right() ? 0 : 1;
            return (Math.signum(all.scores()[right] - all.scores()[1 - right]) + 1) / 2;
          });

  /** What the harness has for {@code multiple_choice}, and what both of its lengths are. */
  List<ChoiceScorer> STANDARD = List.of(ACC, ACC_NORM, ACC_BYTES, EXACT_MATCH);

  /** The same with equals counted wrong. */
  List<ChoiceScorer> STRICT =
      List.of(
          MC0.named("acc"),
          accuracy("acc_norm", ChoiceScorer::perCharacter, true),
          accuracy("acc_bytes", ChoiceScorer::perByte, true),
          EXACT_MATCH);

  /** Number of the choice that it takes for the model's. */
  default int choice(ScoredChoices choices) {
    return choices.best();
  }

  /**
   * A metric that is a number of each item.
   *
   * @param name of the metric
   * @param formula its value; empty where the choices say nothing about it
   * @param taken number of the choice that it takes for the model's
   */
  record Metric(
      String name,
      Function<ScoredChoices, OptionalDouble> formula,
      ToIntFunction<ScoredChoices> taken)
      implements ChoiceScorer {
    /** The same formula under another name. */
    public Metric named(String other) {
      return new Metric(other, formula, taken);
    }

    /** The same formula over some choices only, by their numbers. */
    public Metric over(List<Integer> numbers) {
      return new Metric(
          name,
          all -> formula.apply(all.only(numbers)),
          all -> numbers.get(taken.applyAsInt(all.only(numbers))));
    }

    @Override
    public Map<String, Double> values(ScoredChoices choices) {
      OptionalDouble value = formula.apply(choices);
      return value.isPresent() ? Map.of(name, value.getAsDouble()) : Map.of();
    }

    @Override
    public int choice(ScoredChoices choices) {
      return taken.applyAsInt(choices);
    }
  }

  /** A metric over the whole task, to which an item gives its part. */
  static ChoiceScorer part(String name, Function<ScoredChoices, List<Object>> part) {
    return new ChoiceScorer() {
      @Override
      public Map<String, Double> values(ScoredChoices choices) {
        return Map.of();
      }

      @Override
      public Map<String, List<Object>> parts(ScoredChoices choices) {
        return Map.of(name, part.apply(choices));
      }
    };
  }

  private static Metric value(String name, ToDoubleFunction<ScoredChoices> formula) {
    return new Metric(
        name, all -> OptionalDouble.of(formula.applyAsDouble(all)), ScoredChoices::best);
  }

  private static Metric accuracy(String name, ToDoubleFunction<Choice> measure, boolean strict) {
    return new Metric(
        name,
        all -> OptionalDouble.of(truth(all.choices().get(highest(all, measure, strict)).right())),
        all -> highest(all, Choice::score, strict));
  }

  private static int highest(ScoredChoices all, ToDoubleFunction<Choice> measure, boolean strict) {
    double[] values = all.choices().stream().mapToDouble(measure).toArray();
    int best = ScoredChoices.firstHighest(values);
    return strict && all.choices().get(best).right()
        ? IntStream.range(0, values.length)
            .filter(i -> i != best && values[i] == values[best])
            .findFirst()
            .orElse(best)
        : best;
  }

  private static Metric share(String name, ToDoubleFunction<double[]> sum) {
    return new Metric(
        name,
        all -> {
          double highest = Arrays.stream(all.scores()).max().orElse(0);
          // Subtracting the highest leaves the ratio and keeps long answers from vanishing.
          double[] shares = Arrays.stream(all.scores()).map(s -> Math.exp(s - highest)).toArray();
          double[] right =
              IntStream.range(0, shares.length)
                  .filter(i -> all.choices().get(i).right())
                  .mapToDouble(i -> shares[i])
                  .toArray();
          double whole = sum.applyAsDouble(shares);
          return whole > 0
              ? OptionalDouble.of(sum.applyAsDouble(right) / whole)
              : OptionalDouble.empty();
        },
        ScoredChoices::best);
  }

  private static double inOrder(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double perCharacter(Choice choice) {
    return choice.score() / choice.text().codePointCount(0, choice.text().length());
  }

  private static double perByte(Choice choice) {
    return choice.score() / choice.text().getBytes(StandardCharsets.UTF_8).length;
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }
}
