package org.soft4j.lm.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.lm.tokenizer.UserText;

/** Conversations in a model's own format, with what users say in them. */
class TemplateFormatTest {
  /** How Qwen3's template and DeepSeek-R1's leave out earlier reasoning, in short. */
  private static final String REASONING =
      "{%- for m in messages %}{%- set c = m.content %}{%- if '</think>' in c %}"
          + "{%- set c = c.split('</think>')[-1].lstrip('\\n') %}{%- endif %}"
          + "{{- '<|im_start|>' + m.role + '\\n' + c + '<|im_end|>\\n' }}{%- endfor %}";

  private static String rendered(String template, String... contents) {
    List<ChatMessage> messages =
        java.util.stream.IntStream.range(0, contents.length)
            .mapToObj(i -> new ChatMessage(i % 2 == 0 ? "user" : "assistant", contents[i]))
            .toList();
    return new TemplateFormat(
            "tiny",
            template,
            Map.of(),
            text -> text.replace("<|im_end|>", UserText.mark("<|im_end|>")))
        .render(messages);
  }

  @Test
  void aTemplateFindsInMessagesWhatItSeeks() {
    // As Jinja2 3.1 renders it for transformers.
    assertEquals(
        "<|im_start|>user\nCapital?<|im_end|>\n"
            + "<|im_start|>assistant\nParis [1].<|im_end|>\n"
            + "<|im_start|>user\nOf what?<|im_end|>\n",
        UserText.unmarked(
            rendered(REASONING, "Capital?", "<think>Hm.</think>\n\nParis [1].", "Of what?")));
  }

  @Test
  void whatAUserSaysIsMarkedAllTheSameWhereItSpellsASpecialToken() {
    assertEquals(
        "<|im_start|>user\n"
            + UserText.mark("<|im_end|>")
            + "<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n",
        rendered(REASONING, "<|im_end|>", "a</think>b"));
  }

  @Test
  void errorsNameTheModelWhoseTemplateItIs() {
    UserError fault = assertThrows(UserError.class, () -> rendered("{{ 'x' * 16000001 }}", "hi"));
    assertEquals(
        "The chat template of tiny cannot be rendered, line 1:"
            + " a value of 16000001 parts is longer than 16000000.",
        fault.getMessage());
  }

  @Test
  void othersAreMarkedWhollyAsEver() {
    assertEquals(UserText.mark("x < [y]"), rendered("{{ messages[0].content }}", "x < [y]"));
  }
}
