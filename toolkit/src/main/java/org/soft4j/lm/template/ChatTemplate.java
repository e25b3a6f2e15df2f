package org.soft4j.lm.template;

import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELException;
import org.soft4j.error.UserError;
import org.soft4j.lm.text.ChatMessage;

/**
 * Renders a model's chat template (Jinja) as the transformers library does: blocks trimmed, and
 * what stands in a message never read as a template.
 */
public final class ChatTemplate {
  private static final String REFUSAL = "chat template says: ";

  private static final String WITHOUT =
      "Work without the chat template, or write the conversation into the prompt yourself.";

  private ChatTemplate() {}

  /**
   * Writes a conversation as the text the model was trained on.
   *
   * @param source the Jinja template
   * @param messages in order
   * @param addGenerationPrompt whether the text ends where the assistant's answer begins
   * @param beginText the beginning-of-text token, or an empty text
   * @param endText the end-of-text token, or an empty text
   * @throws UserError if the template refuses the conversation, or uses what is not supported
   */
  public static String render(
      String source,
      List<ChatMessage> messages,
      boolean addGenerationPrompt,
      String beginText,
      String endText) {
    Clock clock = Clock.systemDefaultZone();
    return render(source, messages, addGenerationPrompt, beginText, endText, clock);
  }

  /** As above, with the clock that a template's strftime_now reads. */
  static String render(
      String source,
      List<ChatMessage> messages,
      boolean addGenerationPrompt,
      String beginText,
      String endText,
      Clock clock) {
    TemplateBounds.check(source);
    TemplateCompiler.Compiled template = compiled(source);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("messages", messages.stream().map(ChatTemplate::asMap).toList());
    values.put("add_generation_prompt", addGenerationPrompt);
    values.put("bos_token", beginText);
    values.put("eos_token", endText);
    // transformers gives these to every template: they are defined, and none.
    values.put("tools", PythonValues.NONE);
    values.put("documents", PythonValues.NONE);
    values.put("strftime_now", (Callable) (scope, given) -> now(clock, given));
    values.put("raise_exception", (Callable) (scope, given) -> refuse(given));
    RenderResult result = rendered(template, values);
    // Warnings too: what is only a warning there would change the text here.
    if (!result.getErrors().isEmpty()) {
      throw fault(result.getErrors().get(0));
    }
    return result.getOutput();
  }

  private static TemplateCompiler.Compiled compiled(String source) {
    try {
      TemplateCompiler.Compiled template = TemplateCompiler.compiled(source, true);
      refuseUnknown(template);
      return template;
    } catch (TemplateSyntax e) {
      throw new UserError("The chat template cannot be read, " + e.inLine(source), WITHOUT);
    } catch (StackOverflowError e) {
      throw TemplateBounds.exceeded("is nested too deeply");
    }
  }

  private static RenderResult rendered(
      TemplateCompiler.Compiled template, Map<String, Object> values) {
    try {
      return new Jinja(template, false)
          .renderForResult(template.text(), values, Jinja.config(value -> {}));
    } catch (TemplateBounds.TooMuchWork e) {
      throw TemplateBounds.exceeded("loops without end");
    } catch (StackOverflowError e) {
      // The library goes down recursively, as deep as the template's blocks are nested.
      throw TemplateBounds.exceeded("is nested too deeply");
    }
  }

  private static Object refuse(Arguments given) {
    throw new ELException(REFUSAL + given.text(0, "message", "raise_exception"));
  }

  /** The time of the rendering, as Python writes it. */
  private static Object now(Clock clock, Arguments given) {
    return PythonClock.format(given.text(0, "format", "strftime_now"), ZonedDateTime.now(clock));
  }

  /** Jinja refuses a template for a name that it does not know, wherever it stands. */
  private static void refuseUnknown(TemplateCompiler.Compiled template) {
    template.filters().stream()
        .filter(name -> !Filters.isKnown(name))
        .findFirst()
        .ifPresent(name -> refuse("filter", name));
    template.tests().stream()
        .filter(name -> !Tests.isKnown(name))
        .findFirst()
        .ifPresent(name -> refuse("test", name));
  }

  private static void refuse(String kind, String name) {
    throw new UserError(
        "The chat template uses the %s %s, which is not supported."
            .formatted(kind, TemplateSyntax.shortened(name)),
        WITHOUT);
  }

  private static Map<String, Object> asMap(ChatMessage message) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", message.role());
    map.put("content", message.content());
    return map;
  }

  private static UserError fault(TemplateError error) {
    for (Throwable t = error.getException(); t != null; t = t.getCause()) {
      String words = String.valueOf(t.getMessage());
      if (words.contains(REFUSAL)) {
        return new UserError(
            "The " + TemplateSyntax.shortened(words.substring(words.indexOf(REFUSAL))),
            "Give the messages in an order and with roles that this model knows.");
      }
    }
    return new UserError(
        "The chat template cannot be rendered, line "
            + error.getLineno()
            + ": "
            + TemplateSyntax.shortened(String.valueOf(error.getMessage())),
        WITHOUT);
  }
}
