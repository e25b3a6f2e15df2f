package org.soft4j.eval;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A question with several right choices; {@code acc} is the share of probability on them: sum of
 * exp(log-probability) over right choices / sum over all (Lin et al. 2022, MC2). Nothing is
 * normalised by length.
 *
 * @param id unique within its task
 * @param question what is asked
 * @param asked writes the context
 * @param choices texts, each scored as a whole after the context
 * @param right for each choice whether it is right
 */
public record ProbabilityShareItem(
    String id,
    String question,
    MultipleChoiceItem.Asked asked,
    List<String> choices,
    List<Boolean> right)
    implements TaskItem {
  /** Copies the lists and checks their lengths. */
  public ProbabilityShareItem {
    choices = List.copyOf(choices);
    right = List.copyOf(right);
    if (choices.isEmpty() || choices.size() != right.size()) {
      throw new IllegalArgumentException("item " + id + " has unequal choices and labels");
    }
  }

  @Override
  public Optional<String> answer() {
    return right.contains(true) ? Optional.of(choices.get(right.indexOf(true))) : Optional.empty();
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String context = asked.context(shots, question);
    return choices.stream()
        .<TaskRequest>map(
            choice -> new TaskRequest.Likelihood(context, asked.choice(shots, choice)))
        .toList();
  }

  @Override
  public boolean gradedFromSample() {
    return true;
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    List<Double> logs = answers.stream().map(Answers::logProbability).toList();
    double highest = Collections.max(logs);
    // Subtracting the highest leaves the ratio as it is and keeps long answers from vanishing.
    double[] shares = logs.stream().mapToDouble(log -> Math.exp(log - highest)).toArray();
    double all = IntStream.range(0, shares.length).mapToDouble(i -> shares[i]).sum();
    double onRight =
        IntStream.range(0, shares.length).filter(right::get).mapToDouble(i -> shares[i]).sum();
    return new Grade(Map.of("acc", onRight / all), choices.get(logs.indexOf(highest)));
  }
}
