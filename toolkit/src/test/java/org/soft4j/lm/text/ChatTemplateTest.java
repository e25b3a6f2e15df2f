package org.soft4j.lm.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.error.UserError;

/** Expected texts are those of transformers (tools/golden/chat_vectors.py). */
class ChatTemplateTest {
  @Test
  void threeFamiliesOfTemplatesRenderAsTransformersDoes() throws IOException {
    JsonNode vectors =
        JsonMapper.builder().build().readTree(getClass().getResourceAsStream("chat.json"));
    for (JsonNode row : vectors.path("rows")) {
      String template = vectors.path("templates").path(row.path("template").asText()).asText();
      if (row.has("refused")) {
        UserError error = assertThrows(UserError.class, () -> render(template, row));
        assertTrue(error.getMessage().contains(row.path("refused").asText()), error.getMessage());
      } else {
        assertEquals(row.path("text").asText(), render(template, row), row.toString());
      }
    }
    assertEquals(42, vectors.path("rows").size());
  }

  @Test
  void whatIsNoTemplateSaysSo() {
    assertThrows(
        UserError.class, () -> ChatTemplate.render("{% for x in %}{{", List.of(), false, "", ""));
  }

  private static String render(String template, JsonNode row) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode m : row.path("messages")) {
      messages.add(new ChatMessage(m.path("role").asText(), m.path("content").asText()));
    }
    return ChatTemplate.render(
        template, messages, row.path("addGenerationPrompt").asBoolean(), "<s>", "</s>");
  }
}
