package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;

/** Writes demonstrations and a prompt as the text a model sees. */
@FunctionalInterface
public interface ContextForm {
  /** The context; without demonstrations it is the zero-shot one. */
  String context(List<Demonstration> demonstrations, String prompt);

  /** A response as it stands right after such a context. */
  default String response(String text) {
    return " " + text;
  }

  /** A context that a benchmark words itself, such as a primer with a question. */
  default String worded(String text) {
    return text;
  }

  /** What continues a worded context. */
  default String continuation(String text) {
    return " " + text;
  }

  /** The model's own chat format, where contexts are written in it. */
  default Optional<ChatFormat> chatFormat() {
    return Optional.empty();
  }

  /**
   * The form of a template, as SOFT writes its contexts; benchmarks' own words stay as they are.
   */
  static ContextForm of(PromptTemplate template) {
    return new ContextForm() {
      @Override
      public String context(List<Demonstration> demonstrations, String prompt) {
        return template.context(demonstrations, prompt);
      }

      @Override
      public String response(String text) {
        return template.completion(text);
      }
    };
  }

  /** The form of models without a chat template: the micro world's, or a dialogue. */
  static ContextForm plain(List<Task> tasks) {
    return of(plainTemplate(tasks));
  }

  /** The template of that form. */
  static PromptTemplate plainTemplate(List<Task> tasks) {
    boolean micro = tasks.stream().allMatch(task -> task.name().startsWith("micro_"));
    return micro ? ContextTemplate.MICRO : ContextTemplate.DIALOGUE;
  }

  /**
   * Everything as a conversation in a model's own chat format, as the reference harness does with
   * {@code --apply_chat_template}: a worded context is one user turn, and no space stands before
   * what continues it.
   *
   * <p>Demonstrations are turns before the last one.
   */
  static ContextForm chat(ChatFormat format) {
    return new ContextForm() {
      @Override
      public String context(List<Demonstration> demonstrations, String prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        for (Demonstration turn : demonstrations) {
          messages.add(new ChatMessage("user", turn.prompt()));
          messages.add(new ChatMessage("assistant", turn.response()));
        }
        messages.add(new ChatMessage("user", prompt));
        return format.render(messages);
      }

      @Override
      public String response(String text) {
        return text;
      }

      @Override
      public String worded(String text) {
        return context(List.of(), text);
      }

      @Override
      public String continuation(String text) {
        return text;
      }

      @Override
      public Optional<ChatFormat> chatFormat() {
        return Optional.of(format);
      }
    };
  }
}
