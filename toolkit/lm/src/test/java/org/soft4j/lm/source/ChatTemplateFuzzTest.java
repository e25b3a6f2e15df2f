package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.template.ChatTemplate;
import org.soft4j.lm.tokenizer.ChatMessage;

/** Any bytes as tokenizer_config.json or chat_template.jinja. See docs/fuzzing.md. */
class ChatTemplateFuzzTest {
  private static final List<ChatMessage> MESSAGES =
      List.of(
          new ChatMessage("system", "Be brief."),
          new ChatMessage("user", "What is {{ 2 }}?"),
          new ChatMessage("assistant", " A number.\n"),
          new ChatMessage("user", ""));
  private static final List<String> TEMPLATES =
      List.of(
          "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' +"
              + " message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
              + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
          "{%- if messages[0].role == 'system' %}{% set rest = messages[1:] %}{%- else %}"
              + "{% set rest = messages %}{%- endif %}{{ bos_token }}"
              + "{% for m in rest %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
              + "{{ raise_exception('roles must alternate') }}{% endif %}"
              + "[{{ m.role | upper }}] {{ m.content | trim }}{% if not loop.last %} {% endif %}"
              + "{% endfor %}{{ eos_token if add_generation_prompt is defined else '' }}");
  private static final JsonEdits EDITS =
      new JsonEdits(
          List.of(
              "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\"},"
                  + " \"chat_template\": \"{{ messages[0].content }}\"}",
              "{\"chat_template\": [{\"name\": \"default\", \"template\": \"{{ bos_token }}\"},"
                  + " {\"name\": \"tool_use\", \"template\": \"{% for t in tools %}{% endfor %}\"}]}"));

  static List<byte[]> sound() {
    return TEMPLATES.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundOnesAreAccepted(byte[] sound) {
    assertTrue(ParserBounds.holdRendering(() -> render(new String(sound, StandardCharsets.UTF_8))));
  }

  /** The input as chat_template.jinja. */
  @MethodSource("sound")
  @DictionaryFile(resourcePath = "template.dict")
  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.holdRendering(() -> render(new String(input, StandardCharsets.UTF_8)));
  }

  /** Sound tokenizer_config.json files, edited. */
  @FuzzTest(maxDuration = "1h")
  void editedConfiguration(FuzzedDataProvider data) {
    byte[] json = EDITS.next(data);
    // What is read of the file has the bounds of every parser, the template's loops their own.
    ParserBounds.hold(json.length, () -> fromConfiguration(json));
    ParserBounds.holdRendering(
        () -> fromConfiguration(json).ifPresent(ChatTemplateFuzzTest::render));
  }

  private static Optional<String> fromConfiguration(byte[] json) {
    return HuggingFaceFolder.chatTemplate(
        JsonFile.parse(ByteBuffer.wrap(json), Path.of("tokenizer_config.json")));
  }

  private static void render(String template) {
    ChatTemplate.render(template, MESSAGES, true, "<s>", "</s>");
  }
}
