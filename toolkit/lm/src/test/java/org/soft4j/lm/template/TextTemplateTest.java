package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;

class TextTemplateTest {
  private static final Map<String, Object> ROW = new LinkedHashMap<>();

  static {
    ROW.put("question", "{{answer}} or \"it's\"?");
    ROW.put("answer", List.of("a", "b'c"));
    ROW.put("nothing", null);
  }

  @Test
  void bracesInARowAreNoTemplate() {
    assertEquals("Q: {{answer}} or \"it's\"?\n", text("Q: {{question}}\n"));
  }

  @Test
  void aListIsKeptBesideItsText() {
    var rendered = new TextTemplate("{{answer}}").render(ROW);
    assertEquals("['a', \"b'c\"]", rendered.text()); // as Python's str() of a list
    assertEquals(List.of("a", "b'c"), rendered.value());
  }

  @Test
  void noneIsFalseAndIsWrittenAsPythonDoes() {
    assertEquals("None-", text("{{nothing}}{% if nothing %}+{% else %}-{% endif %}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{questoin}} ; Unknown token found: questoin",
        "{{question.delete()}} ; delete is not supported",
        "{{question|pprint}} ; filter pprint",
        "{% include 'x' %} ; is disabled",
      })
  void whatCannotBeWorkedOutIsAnErrorForPeople(String template, String message) {
    UserError error = assertThrows(UserError.class, () -> text(template));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  /** From Jinja2 with strict names and kept line ends. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{{ not answer is defined }} ; False",
        "{{ not missing is defined }} ; True",
        "{{ not 'a' in answer }}{{ not answer == 1 }} ; FalseTrue",
        "{% if not question is string and true %}A{% else %}B{% endif %} ; B",
        "{% for a in answer if a != 'a' %}{{ loop.index }}{{ a }}{{ loop.last }}{% endfor %} ;"
            + " 1b'cTrue",
        "{% for a in [] %}x{% else %}none{% endfor %} ; none",
        "{{ '' == false }}{{ 'a' and 'b' }}{{ '' or 'x' }} ; Falsebx",
        "{{ 'aaa'|replace('a', 'b', 1) }}{{ '\u3000a'|trim }}{{ '😀'|length }} ; baaa1",
        "{{ nothing is none }}{{ answer is not none }} ; TrueTrue",
        "{{ 'a' if answer }}{{ ('a' if nothing) is defined }} ; aFalse",
        "{{ '<b>'|tojson }} ; \"\\u003cb\\u003e\"",
        "{{ -7 // 2 }}{{ -7 % 3 }}{{ 'ab' * 2 }}{{ 'ab'[0] }} ; -42ababa",
        "{{ 2 ** 3 ** 2 }} ; 64",
        "{{ missing is callable }} ; True",
        "{{ '{:,.0%} {:,.2%} {:,g} {:,f}'.format(12.34, 12345.678, 1234567.0, -1234567.891) }} ;"
            + " 1,234% 1,234,567.80% 1.23457e+06 -1,234,567.891000",
        "{% for a in [1] %}{{ question is defined }}{% endfor %}{% set question = 1 %} ; False",
      })
  void expressionsAreReadAsJinja2ReadsThem(String template, String expected) {
    assertEquals(expected, text(template));
  }

  static Stream<Arguments> hostile() {
    String loop = "{% for x in range(1000) %}";
    return Stream.of(
        Arguments.of(loop.repeat(4) + "{% endfor %}".repeat(4), "loops without end"),
        Arguments.of("{{ " + "(".repeat(2_000) + "1" + ")".repeat(2_000) + " }}", "brackets"),
        Arguments.of("x".repeat(100_000), "has 100000 letters"),
        Arguments.of("{{ ''.getClass().forName('java.lang.Runtime') }}", "getClass"),
        Arguments.of("{{ answer.getClass() }}", "getClass"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileTemplateEndsSoonWithAnError(String template, String why) {
    UserError error = assertThrows(UserError.class, () -> text(template));
    assertTrue(error.getMessage().contains(why), error.getMessage());
  }

  /** From Python 3: repr(x). */
  @Test
  void valuesAreWrittenAsPythonWritesThem() {
    assertEquals(
        "[1, 0.5, 1e-07, 1e+16, 100000.0, True, None]",
        PythonValues.repr(Arrays.asList(1L, 0.5, 1e-7, 1e16, 1e5, true, null)));
    assertEquals(
        "'it\\'s \"x\"\\n\\x07\\u200b\\xa0é'",
        PythonValues.repr("it's \"x\"\n\u0007\u200b\u00a0é"));
    assertEquals("{'k': -0.0}", PythonValues.repr(Map.of("k", -0.0)));
  }

  private static String text(String template) {
    return new TextTemplate(template).render(ROW).text();
  }
}
