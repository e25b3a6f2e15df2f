package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.soft4j.lm.source.ParserBounds;

/**
 * Random templates end in a text or a UserError, in the time that every rendering has. See
 * docs/fuzzing.md.
 */
class TemplateFuzzTest {
  private static final int USUAL = 2_000;

  /** More of them, and others: -Dsoft4j.templates=1000000 -Dsoft4j.seed=2. */
  @Test
  void randomTemplatesGiveATextOrAnErrorForPeople() {
    int count = Integer.getInteger("soft4j.templates", USUAL);
    RandomTemplates templates = new RandomTemplates(Long.getLong("soft4j.seed", 1));
    int rendered = 0;
    for (int i = 0; i < count; i++) {
      String template = templates.next();
      boolean chat = i % 2 == 0;
      rendered += ParserBounds.holdRendering(() -> render(template, chat)) ? 1 : 0;
    }
    System.out.println(count + " random templates, " + rendered + " rendered");
    assertTrue(rendered > count / 8, "too few random templates are sound: " + rendered);
  }

  private static void render(String template, boolean chat) {
    if (chat) {
      ChatTemplate.of(template, RenderLines.CLOCK).render(RandomTemplates.VALUES);
    } else {
      new TextTemplate(template).render(RandomTemplates.VALUES);
    }
  }
}
