package org.soft4j.lm.template;

import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.UserError;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.tokenizer.ChatMessage;

/**
 * A model's chat template (Jinja), rendered as the transformers library does: blocks trimmed, and
 * what stands in a message never read as a template. It is read once, and rendered any number of
 * times.
 */
public final class ChatTemplate {
  private static final String WITHOUT =
      "Work without the chat template, or write the conversation into the prompt yourself.";

  private final Engine engine;
  private final Clock clock;

  private ChatTemplate(String source, String owner, Clock clock) {
    this.engine = new Engine(source, Rendering.Rules.CHAT, problem -> fault(owner, problem));
    this.clock = clock;
  }

  private static UserError fault(String owner, String problem) {
    return new UserError("The chat template " + owner + problem + ".", WITHOUT);
  }

  /**
   * Reads a template.
   *
   * @throws UserError if it is no template, or uses what is not supported
   */
  public static ChatTemplate of(String source) {
    return new ChatTemplate(source, "", Clock.system(ZoneId.systemDefault()));
  }

  /**
   * As above, for a model that errors name.
   *
   * @param model its folder or file, in short
   */
  public static ChatTemplate of(String source, String model) {
    return new ChatTemplate(source, "of " + model + " ", Clock.system(ZoneId.systemDefault()));
  }

  /** As above, with the clock that a template's strftime_now reads. */
  public static ChatTemplate of(String source, String model, Clock clock) {
    return new ChatTemplate(source, "of " + model + " ", clock);
  }

  /** As above, for a template of no model. */
  static ChatTemplate of(String source, Clock clock) {
    return new ChatTemplate(source, "", clock);
  }

  /**
   * Writes a conversation as the text the model was trained on.
   *
   * @param messages in order
   * @param addGenerationPrompt whether the text ends where the assistant's answer begins
   * @param beginText the beginning-of-text token, or an empty text
   * @param endText the end-of-text token, or an empty text
   * @throws UserError if the template refuses the conversation, or uses what is not supported
   */
  public String render(
      List<ChatMessage> messages, boolean addGenerationPrompt, String beginText, String endText) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("messages", values(messages));
    values.put("add_generation_prompt", addGenerationPrompt);
    values.put("bos_token", beginText);
    values.put("eos_token", endText);
    return render(values);
  }

  /**
   * Writes a conversation that may hold more than texts, such as calls of tools.
   *
   * @param values texts, numbers, truth values, nulls, lists and maps by name; messages among them.
   *     As in transformers, tools and documents are defined, and none, where they are not given
   * @throws UserError if the template refuses the conversation, or uses what is not supported
   */
  public String render(Map<String, ?> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tools", null);
    all.put("documents", null);
    all.putAll(values);
    return engine.render(all, clock);
  }

  /** Reads a template, and renders a conversation with it: {@link #of} and {@link #render}. */
  public static String render(
      String source,
      List<ChatMessage> messages,
      boolean addGenerationPrompt,
      String beginText,
      String endText) {
    return of(source).render(messages, addGenerationPrompt, beginText, endText);
  }

  /** Messages in the form in which a template takes them. */
  public static List<Map<String, Object>> values(List<ChatMessage> messages) {
    return messages.stream().map(ChatTemplate::asMap).toList();
  }

  private static Map<String, Object> asMap(ChatMessage message) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", message.role());
    map.put("content", message.content());
    return map;
  }
}
