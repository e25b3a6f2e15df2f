package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.tokenizer.ChatMessage;

/** Templates that took minutes, or the stack, before there were bounds. */
class TemplateBoundsTest {
  static Stream<Arguments> hostileTemplates() {
    String loop = "{% for x in range(1000) %}";
    String end = "{% endfor %}";
    return Stream.of(
        Arguments.of(loop.repeat(4) + end.repeat(4), "loops without end"),
        Arguments.of("{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}", "brackets"),
        Arguments.of("{% if 1 %}".repeat(1900) + "{% endif %}".repeat(1900), "too deeply"),
        Arguments.of("{% if 1 %}".repeat(101) + "{% endif %}".repeat(101), "too deeply"),
        Arguments.of("{% set x %}".repeat(101) + "{% endset %}".repeat(101), "too deeply"),
        Arguments.of("{{".repeat(30_000), "sections"),
        Arguments.of("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "too deeply"),
        Arguments.of("{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}", "too deeply"),
        Arguments.of("{{ " + "not ".repeat(16_000) + "1 }}", "too deeply"),
        Arguments.of(
            "{% set b = 'x' * 9000000 %}{% for i in range(1000) %}{{ b.count('y') }}{% endfor %}",
            "loops without end"),
        Arguments.of("{% set b = 'x' * 9000000 %}{{ ([b] * 90000) | sort }}", "loops without end"),
        Arguments.of("{{ 9 ** 999999 }}", "bits is not supported"),
        Arguments.of("{{ '%9999999s' % 1 }}", "is longer than"),
        Arguments.of(
            "{% set n = namespace(x=(1,)) %}{% for i in range(60) %}{% set n.x = (n.x, n.x) %}"
                + "{% endfor %}{{ {n.x: 1} }}",
            "as a key"),
        Arguments.of("x".repeat(100_000), "has 100000 letters"),
        Arguments.of(
            "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}"
                + "{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
            "is longer than 16000000"));
  }

  @ParameterizedTest
  @MethodSource("hostileTemplates")
  void endsWithAnErrorForPeople(String template, String why) {
    UserError fault = assertThrows(UserError.class, () -> render(template));
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  @Test
  void aConversationOfAThousandTurnsIsWithinTheBounds() {
    String template =
        "{% for m in messages %}{% for c in [m.content] %}{% if m.role == 'user' %}{{ c }}"
            + "{% endif %}{% endfor %}{% endfor %}";
    List<ChatMessage> turns =
        Stream.generate(() -> new ChatMessage("user", "a")).limit(1000).toList();
    assertEquals("a".repeat(1000), ChatTemplate.render(template, turns, true, "", ""));
  }

  private static void render(String template) {
    ChatTemplate.render(template, List.of(new ChatMessage("user", "hi")), true, "", "");
  }
}
