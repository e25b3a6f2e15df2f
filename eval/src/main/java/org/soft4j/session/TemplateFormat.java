package org.soft4j.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.ChatTemplate;
import org.soft4j.lm.text.ChatFormat;
import org.soft4j.lm.text.ChatMessage;
import org.soft4j.lm.text.UserText;

/**
 * Writes conversations by a model's chat template. It is read when it is first needed, and once: a
 * model whose template is none is of use without.
 */
final class TemplateFormat implements ChatFormat {
  private final String source;
  private final Map<String, String> tokens;
  private Optional<ChatTemplate> template = Optional.empty();

  /**
   * Takes a template.
   *
   * @param tokens the special tokens that a template may name
   */
  TemplateFormat(String source, Map<String, String> tokens) {
    this.source = source;
    this.tokens = Map.copyOf(tokens);
  }

  @Override
  public String render(List<ChatMessage> messages) {
    // What people and judged models say is never read as the template's own special tokens.
    List<ChatMessage> marked =
        messages.stream().map(m -> new ChatMessage(m.role(), UserText.mark(m.content()))).toList();
    Map<String, Object> values = new LinkedHashMap<>(tokens);
    values.put("messages", ChatTemplate.values(marked));
    values.put("add_generation_prompt", true);
    return read().render(values);
  }

  private synchronized ChatTemplate read() {
    template = template.or(() -> Optional.of(ChatTemplate.of(source)));
    return template.orElseThrow();
  }
}
