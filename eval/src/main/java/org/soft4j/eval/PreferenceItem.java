package org.soft4j.eval;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two answers of which the preferred one should be more likely: 1 if it is, one half for equals,
 * else 0. Counts for the metric {@code mean} and for the metric of its class. Whole
 * log-probability, not normalised by length.
 *
 * @param id unique within its task
 * @param group class and metric, such as {@code honest}
 * @param question what is asked
 * @param asked writes the context, and the answers as they continue it
 * @param preferred answer, without the white space that joins it to the context
 * @param rejected likewise
 */
public record PreferenceItem(
    String id,
    String group,
    String question,
    MultipleChoiceItem.Asked asked,
    String preferred,
    String rejected)
    implements TaskItem {
  @Override
  public String category() {
    return group;
  }

  @Override
  public Optional<String> answer() {
    return Optional.of(preferred);
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String context = asked.context(shots, question);
    return List.of(
        new TaskRequest.Likelihood(context, asked.choice(shots, preferred)),
        new TaskRequest.Likelihood(context, asked.choice(shots, rejected)));
  }

  @Override
  public boolean gradedFromSample() {
    return true;
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    double lead = Answers.logProbability(answers.get(0)) - Answers.logProbability(answers.get(1));
    double value = (Math.signum(lead) + 1) / 2;
    return new Grade(Map.of("mean", value, group, value), lead < 0 ? rejected : preferred);
  }
}
