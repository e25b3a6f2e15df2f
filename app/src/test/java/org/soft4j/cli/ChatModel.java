package org.soft4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The embedded micro model with the control tokens of ChatML in the places of its own, and a chat
 * template: under it the model sees the very tokens that micro-1 sees under its own turns.
 */
final class ChatModel {
  /** Turns as in the micro world, in ChatML's tokens; no system messages, as in Gemma's. */
  static final String TEMPLATE =
      "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %} <|im_start|> {{ m.content }}"
          + " <|im_sep|>{% elif m.role == 'assistant' %} {{ m.content }} <|im_end|>{% else %}"
          + "{{ raise_exception('no system messages') }}{% endif %}{% endfor %}";

  private static final Map<String, String> TOKENS =
      Map.of(
          "\"<q>\"", "\"<|im_start|>\"", "\"<a>\"", "\"<|im_sep|>\"", "\"<e>\"", "\"<|im_end|>\"");

  private ChatModel() {}

  /** Writes the folder, with the template or without. */
  static Path folder(Path folder, String name, boolean template) throws IOException {
    Path model = new WrongInput(folder).model(name);
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      String text = Files.readString(model.resolve(file));
      for (Map.Entry<String, String> token : TOKENS.entrySet()) {
        text = text.replace(token.getKey(), token.getValue());
      }
      Files.writeString(model.resolve(file), text);
    }
    if (template) {
      Files.writeString(model.resolve("chat_template.jinja"), TEMPLATE);
    }
    return model;
  }
}
