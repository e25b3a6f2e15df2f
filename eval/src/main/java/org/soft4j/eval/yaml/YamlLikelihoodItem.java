package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.eval.Grade;
import org.soft4j.eval.Shots;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;

/**
 * A row of a {@code loglikelihood} task: {@code acc} is 1 where every token of the target was the
 * most likely one.
 *
 * @param row with its place and its examples
 * @param target the continuation, taken as it is
 */
record YamlLikelihoodItem(PlacedRow row, String target) implements RowItem {
  @Override
  public Set<String> counts() {
    return Set.of("acc");
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    return List.of(new TaskRequest.Likelihood(row.context(shots, question()), target));
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    boolean greedy = ((TaskAnswer.Likelihood) answers.get(0)).greedy();
    return new Grade(Map.of("acc", greedy ? 1.0 : 0.0), target);
  }
}
