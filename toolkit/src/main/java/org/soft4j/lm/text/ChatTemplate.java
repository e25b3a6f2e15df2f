package org.soft4j.lm.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
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
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("messages", messages.stream().map(ChatTemplate::asMap).toList());
    values.put("add_generation_prompt", addGenerationPrompt);
    values.put("bos_token", beginText);
    values.put("eos_token", endText);
    Jinjava jinjava = new Jinjava(config());
    jinjava
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", ChatTemplate.class, "refuse", String.class));
    RenderResult result = jinjava.renderForResult(withoutLastBreak(source), values);
    for (TemplateError error : result.getErrors()) {
      if (error.getSeverity() != TemplateError.ErrorType.WARNING) {
        throw fault(error);
      }
    }
    return result.getOutput();
  }

  /**
   * Called by templates as raise_exception.
   *
   * @throws IllegalArgumentException always, with the template's own words
   */
  public static String refuse(String words) {
    throw new IllegalArgumentException(REFUSAL + words);
  }

  private static JinjavaConfig config() {
    return JinjavaConfig.newBuilder()
        .withTrimBlocks(true)
        .withLstripBlocks(true)
        // Otherwise braces that a user writes would be run as a template.
        .withNestedInterpretationEnabled(false)
        .withMaxOutputSize(16_000_000)
        .withLegacyOverrides(
            LegacyOverrides.newBuilder()
                .withEvaluateMapKeys(true)
                .withIterateOverMapKeys(true)
                .withUsePyishObjectMapper(true)
                .withUseNaturalOperatorPrecedence(true)
                .withParseWhitespaceControlStrictly(true)
                .withAllowAdjacentTextNodes(true)
                .withUseTrimmingForNotesAndExpressions(true)
                .withKeepNullableLoopValues(true)
                .build())
        .build();
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
            + error.getMessage(),
        "Work without the chat template, or write the conversation into the prompt yourself.");
  }
}
