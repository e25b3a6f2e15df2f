package org.soft4j.lm.tokenizer;

import java.time.LocalDate;
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

  /** The conversation once its last turn is said, with what ends that turn. */
  default String said(List<ChatMessage> messages) {
    return render(messages);
  }

  /** The same format on a fixed day, for those that tell the date. */
  default ChatFormat on(LocalDate day) {
    return this;
  }

  /** What tells this format from another, such as its Jinja text; empty where nothing does. */
  default String source() {
    return "";
  }

  /** The conversation of one user's turn. */
  @Override
  default String apply(String userSays) {
    return render(List.of(new ChatMessage("user", userSays)));
  }
}
