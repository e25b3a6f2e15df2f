package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.tokenizer.ChatMessage;

class ConversationTest {
  @Test
  void messagesComeBackAsTheyWereWritten() {
    List<ChatMessage> said =
        List.of(
            new ChatMessage("user", "a \"quoted\"\nline, é and <|end|>"),
            new ChatMessage("assistant", ""),
            new ChatMessage("user", "[{\"role\": \"system\"}]"));
    String text = Conversation.FORMAT.render(said);
    assertEquals(said, Conversation.messages(text));
  }

  @Test
  void anythingElseIsNoConversation() {
    assertThrows(IllegalArgumentException.class, () -> Conversation.messages("Q: a\nA:"));
    assertThrows(IllegalArgumentException.class, () -> Conversation.messages("{}"));
  }
}
