package org.soft4j.lm;

import java.util.List;

/**
 * A text to learn from.
 *
 * @param prompt what comes before, seen and not learned
 * @param completion what is learned; the model's stop token is appended where it does not end with
 *     it and the settings say so
 * @param ends texts that end such a completion when it is generated, in order of preference; the
 *     first that begins with a special token of the model names the token that is appended
 */
public record TrainingExample(String prompt, String completion, List<String> ends) {
  public TrainingExample {
    ends = List.copyOf(ends);
  }

  /** A completion that ends as the model's files say. */
  public TrainingExample(String prompt, String completion) {
    this(prompt, completion, List.of());
  }
}
