package org.soft4j.lm.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.soft4j.lm.Caveat;

/**
 * The message of a chat completion, or the text of a legacy one, as text: parts joined, and what is
 * not an answer in words named. Reasoning that a server keeps apart is never taken for the answer.
 */
final class AnswerMessage {
  /** Begins a finish_reason; some servers say behind it which filter. */
  static final String FILTER = "content_filter";

  private static final List<String> REASONING = List.of("reasoning_content", "reasoning");
  private static final List<String> THOUGHTS = List.of("thinking", "reasoning");

  private final StringBuilder text = new StringBuilder();
  private final Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
  private boolean reasoned;

  /**
   * Reads a choice.
   *
   * @param choice of the answer
   * @param content its {@code message.content}, or its {@code text}
   */
  AnswerMessage(JsonNode choice, JsonNode content) {
    JsonNode message = choice.path("message");
    content(content);
    refusal(message.path("refusal"));
    REASONING.forEach(name -> reasoned |= said(message.path(name)));
    String finish = choice.path("finish_reason").asText("");
    if (message.path("tool_calls").size() > 0
        || message.path("function_call").isObject()
        || finish.equals("tool_calls")
        || finish.equals("function_call")) {
      caveats.add(Caveat.TOOL_CALL);
    }
    if (finish.startsWith(FILTER)) {
      caveats.add(Caveat.FILTERED);
    }
    if (Overflow.is(choice)) {
      caveats.add(Caveat.NO_ROOM);
    }
    if (finish.equals("refusal")) {
      caveats.add(Caveat.REFUSED);
    }
    if (text.toString().isBlank()) {
      if (reasoned) {
        caveats.add(Caveat.REASONING_ONLY);
      } else if (caveats.isEmpty()) {
        caveats.add(Caveat.NO_TEXT);
      }
    }
  }

  private void content(JsonNode content) {
    if (content.isTextual()) {
      text.append(content.textValue());
    } else if (content.isArray()) {
      content.forEach(this::part);
    } else if (!content.isNull() && !content.isMissingNode()) {
      part(content);
    }
  }

  /** A part of OpenAI's, Anthropic's or Mistral's kind: {@code {"type": "text", "text": …}}. */
  private void part(JsonNode part) {
    JsonNode words = part.path("text");
    if (part.isTextual()) {
      text.append(part.textValue());
    } else if (THOUGHTS.contains(part.path("type").asText())) {
      reasoned = true;
    } else if (part.path("refusal").isTextual()) {
      refusal(part.path("refusal"));
    } else if (words.isTextual()) {
      text.append(words.textValue());
    } else if (words.path("value").isTextual()) {
      text.append(words.path("value").textValue());
    } else {
      caveats.add(Caveat.NOT_ONLY_TEXT);
    }
  }

  private void refusal(JsonNode refusal) {
    if (said(refusal)) {
      caveats.add(Caveat.REFUSED);
      if (text.toString().isBlank()) {
        text.append(refusal.textValue());
      }
    }
  }

  private static boolean said(JsonNode words) {
    return words.isTextual() && !words.textValue().isBlank();
  }

  String text() {
    return text.toString();
  }

  Set<Caveat> caveats() {
    return caveats;
  }
}
