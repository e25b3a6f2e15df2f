package org.soft4j.stages;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.ChatTurns;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.run.ChosenTemplate;

/**
 * How a conversation is written for a model: by a chat format, or by the turns of a prompt template
 * of patterns, as training puts them.
 *
 * @param line says which, and why
 * @param format writes the conversation
 * @param stop an answer ends before these, besides the model's own stop tokens
 * @param patterns whether these are patterns: they have no place for a system message, and blanks
 *     before an answer are theirs
 */
public record ChatForm(String line, ChatFormat format, List<String> stop, boolean patterns) {
  private static final String USER = "user";

  /** A chat format. */
  public static ChatForm of(String line, ChatFormat format) {
    return new ChatForm(line, format, List.of(), false);
  }

  /**
   * Chooses for a model.
   *
   * @param asked as {@code data.template}: auto takes the model's own chat template where it has
   *     one, else the turns of a micro model, else plain
   */
  public static ChatForm of(String asked, OpenedModel model) {
    if (asked.equals(ChosenTemplate.AUTO) && model.chat().isPresent()) {
      // As its files have it: a conversation needs none of what a training asks of a template.
      return of("prompt template: chat, the model's own chat template", model.chat().get());
    }
    ChosenTemplate chosen = ChosenTemplate.of(asked, model.promptFacts());
    if (chosen.template() instanceof ContextTemplate patterns) {
      return new ChatForm(
          chosen.line(), messages -> text(patterns, messages), patterns.stopStrings(), true);
    }
    ChatTurns turns = (ChatTurns) chosen.template();
    return new ChatForm(chosen.line(), turns.format(), turns.stopStrings(), false);
  }

  /** Refuses a system message where there is no place for it. */
  void requireSystem() {
    if (patterns) {
      throw new UserError(
          "This prompt template has no place for a system message.",
          "Ask it in the question, or write it into zero_shot_header of a template's file and name"
              + " that with --template (docs/templates.md).");
    }
  }

  private static String text(ContextTemplate patterns, List<ChatMessage> messages) {
    List<Demonstration> before = new ArrayList<>();
    for (int i = 0; i + 1 < messages.size(); i += 2) {
      ChatMessage asked = messages.get(i);
      if (!asked.role().equals(USER)) {
        throw new IllegalArgumentException("a turn of " + asked.role() + " where a user's stands");
      }
      before.add(new Demonstration("", "", asked.content(), messages.get(i + 1).content()));
    }
    return patterns.conversation(before, messages.get(messages.size() - 1).content());
  }
}
