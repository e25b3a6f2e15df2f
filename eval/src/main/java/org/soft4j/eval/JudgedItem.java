package org.soft4j.eval;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.soft4j.datasets.Prompt;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/**
 * A prompt whose greedy answer is judged by a rule.
 *
 * @param prompt what is asked
 * @param maxNewTokens bound on the answer
 * @param stopStrings that end the answer, besides the model's stop tokens
 * @param judge gives the metrics of a text
 */
public record JudgedItem(
    Prompt prompt,
    int maxNewTokens,
    List<String> stopStrings,
    Function<String, Map<String, Double>> judge)
    implements TaskItem {
  /** Copies the list. */
  public JudgedItem {
    stopStrings = List.copyOf(stopStrings);
  }

  @Override
  public String id() {
    return prompt.id();
  }

  @Override
  public String question() {
    return prompt.text();
  }

  @Override
  public List<TaskRequest> requests(Shots shots) {
    String context = shots.context(prompt.text());
    return List.of(
        new TaskRequest.Writing(
            new GenerationRequest(context, Sampling.GREEDY, maxNewTokens, stopStrings, 0)));
  }

  @Override
  public Grade grade(List<TaskAnswer> answers) {
    String text = Answers.text(answers.get(0));
    return new Grade(judge.apply(text), text);
  }
}
