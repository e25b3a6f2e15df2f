package org.soft4j.eval.judge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be judged by FastChat's protocols, and how.
 *
 * @param answers of one model or several, to one question or many
 * @param prompts FastChat's
 * @param references for the categories that need them
 * @param repeats how often each call is made; verdicts are then medians
 * @param temperature of the judge
 * @param maxTokens bound on each reply
 */
public record JudgingRequest(
    List<JudgedAnswer> answers,
    JudgePrompts prompts,
    References references,
    int repeats,
    double temperature,
    int maxTokens) {
  // Source: FastChat, common.py: chat_completion_openai(temperature=0, max_tokens=2048).
  private static final int MAX_TOKENS = 2048;

  /** Copies the list and checks the number. */
  public JudgingRequest {
    answers = List.copyOf(answers);
    if (repeats < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("repeats and maxTokens must be 1 or more");
    }
  }

  /** As FastChat judges: once, at temperature 0, within 2048 tokens. */
  public static JudgingRequest of(
      List<JudgedAnswer> answers, JudgePrompts prompts, References references) {
    return new JudgingRequest(answers, prompts, references, 1, 0, MAX_TOKENS);
  }

  /** The same answers, each call made so often. */
  public JudgingRequest withRepeats(int times) {
    return new JudgingRequest(answers, prompts, references, times, temperature, maxTokens);
  }

  /** The same answers, judged at another temperature or bound. */
  public JudgingRequest with(double newTemperature, int newMaxTokens) {
    return new JudgingRequest(answers, prompts, references, repeats, newTemperature, newMaxTokens);
  }

  /** The models that answered, in order of their first answer. */
  public Set<String> models() {
    Set<String> models = new LinkedHashSet<>();
    answers.forEach(answer -> models.add(answer.model()));
    return models;
  }

  JudgeCall call(JudgePrompt prompt, String about, String user) {
    return new JudgeCall(
        prompt.name(), about, prompt.system(), user, temperature, maxTokens, List.of(), 0);
  }
}
