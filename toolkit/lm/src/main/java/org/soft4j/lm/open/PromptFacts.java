package org.soft4j.lm.open;

import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.source.TemplateTokens;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.UserText;

/**
 * What a model's files say about how prompts are put to it.
 *
 * @param model its name
 * @param chat by its own chat template; empty where it has none
 * @param files empty where they are not here, as an endpoint's; open as long as this is in use
 */
public record PromptFacts(String model, Optional<ChatFormat> chat, Optional<ModelSource> files) {
  /** Facts of a model whose files are not here. */
  public static PromptFacts of(String model, Optional<ChatFormat> chat) {
    return new PromptFacts(model, chat, Optional.empty());
  }

  /** Whether it is known what the model's tokens are. */
  public boolean tokensKnown() {
    return files.isPresent();
  }

  /** Whether a text is one control token of the model; false too where its tokens are not known. */
  public boolean control(String text) {
    return files.map(source -> control(text, source.tokenizer())).orElse(false);
  }

  private static boolean control(String text, Tokenizer tokenizer) {
    int id = tokenizer.id(text);
    if (id < 0) {
      return false;
    }
    int[] ids = tokenizer.encodePlain(text);
    return ids.length == 1 && ids[0] == id;
  }

  /**
   * A chat template that is not the model's own, with the model's special tokens.
   *
   * @param name of the template, as errors name it
   * @param jinja its text
   */
  public ChatFormat format(String name, String jinja) {
    return files
        .<ChatFormat>map(
            source ->
                new TemplateFormat(
                    name, jinja, TemplateTokens.of(source, jinja), source.tokenizer()::marked))
        .orElseGet(() -> new TemplateFormat(name, jinja, Map.of(), UserText::mark));
  }
}
