package org.soft4j.lm.tokenizer;

import java.util.List;
import java.util.function.UnaryOperator;

/** Writes a conversation as the text that a model continues with its answer. */
@FunctionalInterface
public interface ChatFormat extends UnaryOperator<String> {
  /**
   * The text up to where the assistant's answer begins.
   *
   * @throws org.soft4j.core.UserError if the format refuses the roles or their order
   */
  String render(List<ChatMessage> messages);

  /** The conversation of one user's turn. */
  @Override
  default String apply(String userSays) {
    return render(List.of(new ChatMessage("user", userSays)));
  }
}
