package org.soft4j.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * A question with choices whose whole texts are scored; gives {@code mc1} and {@code mc2}.
 *
 * <p>mc1 is 1 where the most likely of the choices in question is the best answer; the first of
 * equals wins, and the best answer stands first. mc2 is the share of probability on right choices:
 * sum of exp(log-probability) over right choices / sum over all (Lin et al. 2022, sections 3.2 and
 * appendix). Nothing is normalised by length.
 *
 * @param id unique within its task
 * @param question what is asked
 * @param asked writes the context
 * @param choices the best answer first
 * @param suffix added to the name of a second copy of each metric, such as {@code _hard}; empty for
 *     none
 */
public record MultipleChoiceItem(
    String id, String question, Asked asked, List<Choice> choices, String suffix)
    implements TaskItem {
  /** Writes the context of a question. */
  @FunctionalInterface
  public interface Asked {
    /** The context, with these demonstrations in it. */
    String context(Shots shots, String question);

    /** A choice as it continues that context. */
    default String choice(Shots shots, String text) {
      return shots.form().continuation(text);
    }
  }

  /**
   * One choice.
   *
   * @param text without the white space that joins it to the context
   * @param inMc1 whether it takes part in mc1
   * @param inMc2 whether it takes part in mc2
   * @param right whether it is a right answer
   */
  public record Choice(String text, boolean inMc1, boolean inMc2, boolean right) {}

  /** Copies the list and checks that the best answer stands first. */
  public MultipleChoiceItem {
    choices = List.copyOf(choices);
    if (choices.isEmpty() || !choices.get(0).right() || !choices.get(0).inMc1()) {
      throw new IllegalArgumentException("the first choice of " + id + " must be the best answer");
    }
  }

  @Override
  public Optional<String> answer() {
    return Optional.of(choices.get(0).text());
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String context = asked.context(shots, question);
    return choices.stream()
        .<TaskRequest>map(c -> new TaskRequest.Likelihood(context, asked.choice(shots, c.text())))
        .toList();
  }

  @Override
  public boolean gradedFromSample() {
    return true;
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    double[] logs = answers.stream().mapToDouble(Answers::logProbability).toArray();
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      if (choices.get(i).inMc1() && logs[i] > logs[best]) {
        best = i;
      }
      highest = choices.get(i).inMc2() ? Math.max(highest, logs[i]) : highest;
    }
    double right = 0;
    double all = 0;
    for (int i = 0; i < logs.length; i++) {
      if (choices.get(i).inMc2()) {
        // Subtracting the highest leaves the ratio as it is and keeps long answers from vanishing.
        double share = Math.exp(logs[i] - highest);
        all += share;
        right += choices.get(i).right() ? share : 0;
      }
    }
    // A question without choices for mc2 says nothing about it.
    OptionalDouble mc2 = all > 0 ? OptionalDouble.of(right / all) : OptionalDouble.empty();
    return new Grade(metrics(best == 0 ? 1 : 0, mc2), choices.get(best).text());
  }

  private Map<String, Double> metrics(double mc1, OptionalDouble mc2) {
    Map<String, Double> metrics = new HashMap<>();
    for (String name : new TreeSet<>(List.of("", suffix))) {
      metrics.put("mc1" + name, mc1);
      mc2.ifPresent(value -> metrics.put("mc2" + name, value));
    }
    return metrics;
  }
}
