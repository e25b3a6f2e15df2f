package org.soft4j.lm.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.BoundedJson;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.lm.tokenizer.UserText;

/**
 * A conversation as the context of a request to an endpoint, whose server writes it in the model's
 * own chat format: a JSON array of {@code {"role", "content"}}, as lm-evaluation-harness logs them.
 */
public final class Conversation {
  /** Writes conversations for {@link RemoteSettings.Texts#AS_CONVERSATIONS}. */
  public static final ChatFormat FORMAT = Conversation::text;

  private static final ObjectMapper MAPPER = BoundedJson.ofAnswers();

  private Conversation() {}

  private static String text(List<ChatMessage> messages) {
    ArrayNode array = MAPPER.createArrayNode();
    for (ChatMessage message : messages) {
      array
          .addObject()
          .put("role", message.role())
          .put("content", UserText.unmarked(message.content()));
    }
    return array.toString();
  }

  /** The messages that {@link #FORMAT} has written. */
  static List<ChatMessage> messages(String context) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode message : parse(context)) {
      messages.add(
          new ChatMessage(message.path("role").asText(), message.path("content").asText()));
    }
    return messages;
  }

  private static JsonNode parse(String context) {
    try {
      JsonNode array = MAPPER.readTree(context);
      if (array.isArray()) {
        return array;
      }
      throw new IllegalArgumentException("no conversation: " + context);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no conversation: " + context, e);
    }
  }
}
