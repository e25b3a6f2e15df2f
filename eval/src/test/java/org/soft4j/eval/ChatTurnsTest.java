package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.template.ChatTemplate;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;

/**
 * SOFT's contexts under the chat templates of models in use. Expected texts are transformers' own
 * (tools/golden/chat_turns.py), the ends of turns those of the models' files.
 */
class ChatTurnsTest {
  private static final String PROMPT = "Why is the sky blue?";
  private static final String RESPONSE = "It scatters light.";
  private static final List<Demonstration> SHOWN =
      List.of(
          new Demonstration("1", "", "Name a colour.", " Red.\n"),
          new Demonstration("2", "", "2 + 2?", "4."));

  @TestFactory
  Stream<DynamicTest> contextsAndLearnedTextsAreTransformers() throws IOException {
    try (InputStream in = ChatTurnsTest.class.getResourceAsStream("chat_turns.json")) {
      JsonNode rows = Json.mapper().readTree(in);
      assertEquals(11, rows.size());
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> DynamicTest.dynamicTest(row.path("name").asText(), () -> same(row)))
          .toList()
          .stream();
    }
  }

  private static void same(JsonNode row) {
    ChatTurns turns = ChatTurns.of("chat", format(row.path("jinja").asText()));
    assertEquals(row.path("zeroShot").asText(), turns.zeroShot(PROMPT));
    assertEquals(row.path("few").asText(), turns.context(SHOWN, PROMPT));
    String few = row.path("few").asText();
    assertEquals(few.substring(0, few.lastIndexOf(PROMPT)), turns.beforePrompt(SHOWN));
    String end = row.path("end").asText();
    assertEquals(
        List.of(end.isEmpty() ? "\n\n### Instruction:" : end), turns.stopStrings(), "stops");
    TrainingExample example = turns.example(PROMPT, RESPONSE);
    assertEquals(turns.zeroShot(PROMPT), example.prompt(), "trained on what is asked zero-shot");
    // What transformers writes between is an empty reasoning (Qwen 3), or nothing.
    String learned = example.prompt() + example.completion();
    String whole = row.path("whole").asText().replace("<think>\n\n</think>\n\n", "");
    assertTrue(whole.startsWith(learned), learned);
    assertTrue(whole.substring(learned.length()).strip().equals(end), whole);
    assertEquals(turns.stopStrings(), example.ends());
  }

  private static ChatFormat format(String jinja) {
    Instant day = LocalDate.of(2024, 7, 26).atStartOfDay().toInstant(ZoneOffset.UTC);
    ChatTemplate template = ChatTemplate.of(jinja, "tiny", Clock.fixed(day, ZoneOffset.UTC));
    return new ChatFormat() {
      @Override
      public String render(List<ChatMessage> messages) {
        return template.render(messages, true, "<s>", "</s>");
      }

      @Override
      public String said(List<ChatMessage> messages) {
        return template.render(messages, false, "<s>", "</s>");
      }
    };
  }

  /** run.json shows what was trained on, and tells one template from another. */
  @Test
  void itsRecordShowsWhatIsTrainedOn() {
    ChatTurns turns =
        ChatTurns.of(
            "chat",
            format(
                "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n"
                    + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"));
    JsonNode record = Json.mapper().valueToTree(turns);
    assertEquals(
        "<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n{response}<|im_end|>",
        record.path("trained_on").asText());
    assertEquals("system message", record.path("header_as").asText());
    assertEquals(List.of("<|im_start|>", "<|im_end|>"), turns.controlTokens());
  }

  @Test
  void aTemplateThatLeavesOutAnswersIsRefused() {
    ChatFormat users =
        format("{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}");
    UserError error = assertThrows(UserError.class, () -> ChatTurns.of("mine.jinja", users));
    assertTrue(error.getMessage().contains("mine.jinja leaves out"), error::toString);
  }
}
