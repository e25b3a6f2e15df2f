package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.ChatMessage;

/** Expected texts are those of transformers (tools/golden/chat_vectors.py). */
class ChatTemplateTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-09T08:07:06Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({"chat.json,198", "chat_models.json,1356", "chat_pieces.json,436"})
  void templatesRenderAsTransformersDoes(String file, int rows) throws IOException {
    JsonNode vectors = vectors(file);
    List<Executable> checks = new ArrayList<>();
    for (JsonNode row : vectors.path("rows")) {
      String template = vectors.path("templates").path(row.path("template").asText()).asText();
      if (row.has("refused")) {
        checks.add(() -> refused(template, row));
      } else {
        checks.add(
            () ->
                assertEquals(
                    row.path("text").asText(), render(template, row), () -> template + row));
      }
    }
    assertEquals(rows, checks.size());
    assertAll(checks);
  }

  /** What transformers renders and this does not: never another text. */
  @Test
  void whatIsNotSupportedIsRefusedByName() throws IOException {
    JsonNode refused = vectors("chat_pieces.json").path("unsupported");
    assertTrue(refused.size() > 0);
    refused
        .properties()
        .forEach(
            entry ->
                assertTrue(
                    refusal(entry.getKey()).contains(entry.getValue().asText()),
                    () -> refusal(entry.getKey())));
  }

  private static String refusal(String template) {
    List<ChatMessage> messages = List.of(new ChatMessage("user", "Hi"));
    return assertThrows(
            UserError.class, () -> ChatTemplate.render(template, messages, true, "", ""), template)
        .getMessage();
  }

  private JsonNode vectors(String file) throws IOException {
    return JsonMapper.builder().build().readTree(getClass().getResourceAsStream(file));
  }

  private static void refused(String template, JsonNode row) {
    UserError error = assertThrows(UserError.class, () -> render(template, row));
    assertTrue(error.getMessage().contains(row.path("refused").asText()), error.getMessage());
  }

  /** A real template kept each user's turn in such a name, and lost it. */
  @Test
  void namesThatBeginWithUnderlinesAreNamesAsAnyOther() {
    String template = "{% for m in messages %}{% set __turn = m.content %}{{ __turn }}{% endfor %}";
    List<ChatMessage> messages = List.of(new ChatMessage("user", "Hi"));
    assertEquals("Hi", ChatTemplate.render(template, messages, true, "", ""));
  }

  @Test
  void aFaultIsToldWithItsLine() {
    String message = refusal("a\n{% if true %}\n{{ 1 +\n none }}{% endif %}");
    assertTrue(message.contains("line 3: a number + none"), message);
    assertTrue(refusal("a\n\n{% for %}").contains("line 3"), refusal("a\n\n{% for %}"));
  }

  @Test
  void whatIsNoTemplateSaysSo() {
    assertThrows(
        UserError.class, () -> ChatTemplate.render("{% for x in %}{{", List.of(), false, "", ""));
  }

  @Test
  void whatIsNotSupportedIsNamed() {
    for (String[] pair :
        new String[][] {
          {"{{ 'a'.casefold() }}", "method casefold is not supported"},
          {"{{ 'a'.getBytes() }}", "method getBytes is not supported"},
          {"{{ strftime_now('%U') }}", "%U is not supported"},
          {"{{ messages | no_such_filter }}", "no_such_filter"},
          {"{{ no_such_function() }}", "no_such_function"},
          {"{% nonsense %}", "nonsense"},
          {"{% if 1 is impossible %}x{% endif %}", "impossible"},
        }) {
      UserError error =
          assertThrows(
              UserError.class,
              () -> ChatTemplate.render(pair[0], List.of(), true, "", ""),
              pair[0]);
      assertTrue(error.getMessage().contains(pair[1]), error.getMessage());
    }
  }

  private static String render(String template, JsonNode row) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode m : row.path("messages")) {
      messages.add(new ChatMessage(m.path("role").asText(), m.path("content").asText()));
    }
    return ChatTemplate.of(template, CLOCK)
        .render(messages, row.path("addGenerationPrompt").asBoolean(), "<s>", "</s>");
  }
}
