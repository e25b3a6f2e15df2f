package org.soft4j.lm.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.error.UserError;

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
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("messages", messages.stream().map(ChatTemplate::asMap).toList());
    values.put("add_generation_prompt", addGenerationPrompt);
    values.put("bos_token", beginText);
    values.put("eos_token", endText);
    // Templates ask whether these are defined before they call them.
    values.put("strftime_now", ZonedDateTime.now(clock));
    values.put("raise_exception", true);
    Jinjava jinjava = new Jinjava(config());
    function(jinjava, "raise_exception", "refuse");
    function(jinjava, "strftime_now", "now");
    String template = JinjaDialect.rewritten(withoutLastBreak(source));
    refuseUnknown(template, jinjava.getGlobalContext());
    jinjava.getGlobalContext().registerFilter(new JsonRefusal());
    RenderResult result = rendered(jinjava, template, values);
    // Warnings too: what is only a warning there would change the text here.
    if (!result.getErrors().isEmpty()) {
      throw fault(result.getErrors().get(0));
    }
    return result.getOutput();
  }

  private static RenderResult rendered(
      Jinjava jinjava, String template, Map<String, Object> values) {
    try {
      return jinjava.renderForResult(template, values);
    } catch (TemplateBounds.TooMuchWork e) {
      throw TemplateBounds.exceeded("loops without end");
    } catch (StackOverflowError e) {
      // The library goes down recursively, as deep as the template's blocks are nested.
      throw TemplateBounds.exceeded("is nested too deeply");
    }
  }

  /**
   * Called by templates as raise_exception.
   *
   * @throws IllegalArgumentException always, with the template's own words
   */
  public static String refuse(String words) {
    throw new IllegalArgumentException(REFUSAL + words);
  }

  /** Called by templates as strftime_now: the time of the rendering, as Python writes it. */
  public static String now(String format) {
    Object time = JinjavaInterpreter.getCurrent().getContext().get("strftime_now");
    return PythonClock.format(format, (ZonedDateTime) time);
  }

  /** jinjava leaves unknown filters and tests out without a word. */
  private static void refuseUnknown(String template, Context known) {
    for (String name : JinjaDialect.filters(template)) {
      if (known.getFilter(name) == null) {
        throw new UserError(
            "The chat template uses the filter " + name + ", which is not supported.", WITHOUT);
      }
    }
    for (String name : JinjaDialect.tests(template)) {
      if (known.getExpTest(name) == null) {
        throw new UserError(
            "The chat template uses the test " + name + ", which is not supported.", WITHOUT);
      }
    }
  }

  private static void function(Jinjava jinjava, String name, String method) {
    jinjava
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition("", name, ChatTemplate.class, method, String.class));
  }

  private static JinjavaConfig config() {
    return Jinja.config().withTrimBlocks(true).withLstripBlocks(true).build();
  }

  private static Map<String, Object> asMap(ChatMessage message) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", message.role());
    map.put("content", message.content());
    return map;
  }

  /** Jinja drops one line break at the end of a template. */
  private static String withoutLastBreak(String source) {
    return source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
  }

  /** What one of the functions above said, which jinjava's own message leaves out. */
  private static String cause(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof IllegalArgumentException) {
        return ": " + t.getMessage();
      }
    }
    return "";
  }

  private static UserError fault(TemplateError error) {
    for (Throwable t = error.getException(); t != null; t = t.getCause()) {
      String words = String.valueOf(t.getMessage());
      if (words.startsWith(REFUSAL)) {
        return new UserError(
            "The " + words, "Give the messages in an order and with roles that this model knows.");
      }
    }
    return new UserError(
        "The chat template cannot be rendered, line "
            + error.getLineno()
            + ": "
            + error.getMessage()
            + cause(error.getException()),
        WITHOUT);
  }
}
