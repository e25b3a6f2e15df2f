package org.soft4j.eval;

import java.util.List;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.TrainingExample;

/**
 * How header, demonstrations and prompt become the text a model sees, and what training learns
 * after it: patterns, or a chat template. Prompts and responses in it are marked as {@link
 * org.soft4j.lm.tokenizer.UserText}.
 */
public sealed interface PromptTemplate permits ContextTemplate, ChatTurns {
  /** For settings and reports. */
  String name();

  /**
   * The whole context: header, demonstrations, prompt; without demonstrations the zero-shot one.
   */
  String context(List<Demonstration> demonstrations, String prompt);

  /** The context without demonstrations: what training puts before the completion. */
  default String zeroShot(String prompt) {
    return context(List.of(), prompt);
  }

  /** A response as it stands right after a context. */
  String completion(String response);

  /** What training learns for a response, and what ends it. */
  TrainingExample example(String prompt, String response);

  /** The context up to the place where the prompt's own text stands, to score that text. */
  String beforePrompt(List<Demonstration> demonstrations);

  /** Generation ends before these, besides the model's own stop tokens. */
  List<String> stopStrings();

  /** Spellings that a model must read as one token each, for the template to be of use. */
  List<String> controlTokens();
}
