package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The choices of an item as a model scored them.
 *
 * @param choices in the item's order
 * @param answers to the item's requests, in their order
 */
public record ScoredChoices(List<Choice> choices, List<TaskAnswer> answers) {
  /**
   * One choice.
   *
   * @param text as the item has it
   * @param right whether it is a right answer
   * @param score log-probability after the context, natural, summed over its tokens
   * @param alone log-probability without a context; NaN where it was not asked for
   * @param greedy whether each of its tokens was the most likely one
   */
  public record Choice(String text, boolean right, double score, double alone, boolean greedy) {}

  /** Copies the lists. */
  public ScoredChoices {
    choices = List.copyOf(choices);
    answers = List.copyOf(answers);
  }

  /**
   * Choices with one likelihood each, behind which those without a context may stand.
   *
   * @param right numbers of the right choices
   */
  public static ScoredChoices of(
      List<String> texts, List<Integer> right, List<TaskAnswer> answers) {
    List<Choice> choices = new ArrayList<>();
    int count = texts.size();
    for (int i = 0; i < count; i++) {
      var answer = (TaskAnswer.Likelihood) answers.get(i);
      double alone =
          answers.size() == 2 * count
              ? TaskAnswer.logProbability(answers.get(count + i))
              : Double.NaN;
      choices.add(
          new Choice(
              texts.get(i), right.contains(i), answer.logProbability(), alone, answer.greedy()));
    }
    return new ScoredChoices(choices, answers);
  }

  /** Choices whose scores are put together from several likelihoods. */
  public static ScoredChoices of(
      List<String> texts, List<Integer> right, double[] scores, List<TaskAnswer> answers) {
    return new ScoredChoices(
        IntStream.range(0, scores.length)
            .mapToObj(
                i -> new Choice(texts.get(i), right.contains(i), scores[i], Double.NaN, false))
            .toList(),
        answers);
  }

  /** Number of the choice with the highest log-probability, the first of equals. */
  public int best() {
    return firstHighest(scores());
  }

  /** The choices' scores, in order. */
  public double[] scores() {
    return choices.stream().mapToDouble(Choice::score).toArray();
  }

  /** Some of the choices, by their numbers. */
  public ScoredChoices only(List<Integer> numbers) {
    return new ScoredChoices(numbers.stream().map(choices::get).toList(), answers);
  }

  /** Place of the highest value, the first of equals; what is no number is never the highest. */
  public static int firstHighest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best] || (Double.isNaN(values[best]) && !Double.isNaN(values[i]))) {
        best = i;
      }
    }
    return best;
  }
}
