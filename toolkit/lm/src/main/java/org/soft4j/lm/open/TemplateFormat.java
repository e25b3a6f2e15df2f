package org.soft4j.lm.open;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.lm.template.ChatTemplate;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.lm.tokenizer.UserText;

/**
 * Writes conversations by a model's chat template. It is read when it is first needed, and once: a
 * model whose template is none is of use without.
 */
final class TemplateFormat implements ChatFormat {
  private final String model;
  private final String source;
  private final Map<String, String> tokens;
  private final UnaryOperator<String> guard;
  private final Clock clock;
  private Optional<ChatTemplate> template = Optional.empty();

  /**
   * Takes a template.
   *
   * @param model whose template it is, as errors name it
   * @param source of the template
   * @param tokens the special tokens that a template may name
   * @param guard marks what spells a special token in a text, and nothing else
   */
  TemplateFormat(
      String model, String source, Map<String, String> tokens, UnaryOperator<String> guard) {
    this(model, source, tokens, guard, Clock.system(ZoneId.systemDefault()));
  }

  private TemplateFormat(
      String model,
      String source,
      Map<String, String> tokens,
      UnaryOperator<String> guard,
      Clock clock) {
    this.model = model;
    this.source = source;
    this.guard = guard;
    this.tokens = Map.copyOf(tokens);
    this.clock = clock;
  }

  @Override
  public ChatFormat on(LocalDate day) {
    Clock then = Clock.fixed(day.atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    return new TemplateFormat(model, source, tokens, guard, then);
  }

  @Override
  public String source() {
    return source;
  }

  /**
   * What people and judged models say is never read as the template's own special tokens, hence the
   * marks. Templates that look into messages, as those that leave out earlier reasoning by its
   * {@code </think>}, would not find what they seek between marks: there, only what spells a
   * special token is marked.
   */
  @Override
  public String render(List<ChatMessage> messages) {
    return guarded(messages, true);
  }

  @Override
  public String said(List<ChatMessage> messages) {
    return guarded(messages, false);
  }

  private String guarded(List<ChatMessage> messages, boolean goesOn) {
    String marked = render(messages, goesOn, UserText::mark);
    String plain = render(messages, goesOn, UserText::unmarked);
    return UserText.unmarked(marked).equals(plain) ? marked : render(messages, goesOn, guard);
  }

  private String render(List<ChatMessage> messages, boolean goesOn, UnaryOperator<String> content) {
    List<ChatMessage> said =
        messages.stream().map(m -> new ChatMessage(m.role(), content.apply(m.content()))).toList();
    Map<String, Object> values = new LinkedHashMap<>(tokens);
    values.put("messages", ChatTemplate.values(said));
    values.put("add_generation_prompt", goesOn);
    return read().render(values);
  }

  private synchronized ChatTemplate read() {
    template = template.or(() -> Optional.of(ChatTemplate.of(source, model, clock)));
    return template.orElseThrow();
  }
}
