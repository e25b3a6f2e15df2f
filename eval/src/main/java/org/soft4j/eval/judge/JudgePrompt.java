package org.soft4j.eval.judge;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.UserError;

/**
 * A judge's instructions with places for what is judged.
 *
 * @param name such as {@code pair-v2}
 * @param system system message
 * @param template user message, with fields in braces as Python's str.format reads them
 */
public record JudgePrompt(String name, String system, String template) {
  private static final Pattern FIELD = Pattern.compile("\\{\\{|}}|\\{(\\w+)}");

  /** Fills the fields in one pass, so that braces in an answer stay what they are. */
  String fill(Map<String, String> fields) {
    Matcher matcher = FIELD.matcher(template);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(part(found.group(), fields)));
  }

  private String part(String found, Map<String, String> fields) {
    if (found.equals("{{") || found.equals("}}")) {
      return found.substring(1);
    }
    String field = found.substring(1, found.length() - 1);
    if (!fields.containsKey(field)) {
      throw new UserError(
          "The judge prompt %s asks for {%s}, which is not known.".formatted(name, field),
          "Fetch FastChat's judge_prompts.jsonl again.");
    }
    return fields.get(field);
  }
}
