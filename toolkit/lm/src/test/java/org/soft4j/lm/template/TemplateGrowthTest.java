package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;

/**
 * Everything by which a template can make a value grow: at its bound it gives what Python gives,
 * one step further a UserError that says the bound. Texts have at most 16,000,000 letters, lists
 * 100,000 elements; widths in formats and depths have bounds of their own.
 */
@Tag("slow")
class TemplateGrowthTest {
  private static final int CHARACTERS = 16_000_000;
  private static final int ELEMENTS = 100_000;
  private static final int WIDTH = 10_000;

  /**
   * An expression of a text s and its length n, the letter that s is made of, the largest n that is
   * allowed, and the length of what the expression makes of that.
   */
  static Stream<Arguments> growing() {
    int half = CHARACTERS / 2;
    return Stream.of(
        arguments("'x' * n", "x", CHARACTERS, CHARACTERS),
        arguments("s ~ s", "x", half, CHARACTERS),
        arguments("s + s", "x", half, CHARACTERS),
        arguments("'%s%s' % (s, s)", "x", half, CHARACTERS),
        arguments("'%s%s' | format(s, s)", "x", half, CHARACTERS),
        arguments("'{}{}'.format(s, s)", "x", half, CHARACTERS),
        arguments("s | replace('x', 'yy')", "x", half, CHARACTERS),
        arguments("s.replace('x', 'yy')", "x", half, CHARACTERS),
        arguments("s | upper", "ß", half, CHARACTERS),
        arguments("[s, s] | join", "x", half, CHARACTERS),
        arguments("''.join([s, s])", "x", half, CHARACTERS),
        arguments("['', ''] | join(s)", "x", CHARACTERS, CHARACTERS),
        arguments("s | escape", "&", CHARACTERS / 5, CHARACTERS),
        arguments("s | urlencode", "&", CHARACTERS / 3, CHARACTERS - 1),
        arguments("s | tojson", "\"", half - 1, CHARACTERS),
        arguments("{'a': s} | xmlattr", "x", CHARACTERS - 5, CHARACTERS),
        arguments("[s] | string", "x", CHARACTERS - 4, CHARACTERS),
        arguments("'a\\nb' | indent(s)", "x", CHARACTERS - 3, CHARACTERS),
        arguments("'a\\nb' | indent(n)", "x", ELEMENTS, ELEMENTS + 3),
        arguments("[1] | tojson(indent=n)", "x", 1_000, 1_005),
        arguments("'' | center(n)", "x", ELEMENTS, ELEMENTS),
        arguments("''.center(n)", "x", ELEMENTS, ELEMENTS),
        arguments("''.ljust(n)", "x", WIDTH, WIDTH),
        arguments("''.rjust(n)", "x", WIDTH, WIDTH),
        arguments("'1'.zfill(n)", "x", WIDTH, WIDTH),
        arguments("('%' ~ n ~ 's') % 1", "x", WIDTH, WIDTH),
        arguments("('%.' ~ n ~ 'f') % 1", "x", WIDTH, WIDTH + 2),
        arguments("('{:' ~ n ~ '}').format(1)", "x", WIDTH, WIDTH),
        arguments("range(n)", "x", ELEMENTS, ELEMENTS),
        arguments("[1] * n", "x", ELEMENTS, ELEMENTS),
        arguments("[1] * (n - 1) + [2]", "x", ELEMENTS, ELEMENTS),
        arguments("s | list", "x", ELEMENTS, ELEMENTS),
        arguments("s.split('x')", "x", ELEMENTS - 1, ELEMENTS),
        arguments("s.rsplit('x')", "x", ELEMENTS - 1, ELEMENTS),
        arguments("s.split()", "x ", ELEMENTS, ELEMENTS),
        arguments("s.splitlines()", "\n", ELEMENTS, ELEMENTS),
        arguments("([0] | batch(n, 0) | list)[0]", "x", ELEMENTS, ELEMENTS),
        arguments("[0] | slice(n) | list", "x", ELEMENTS, ELEMENTS));
  }

  @ParameterizedTest
  @MethodSource("growing")
  void whatGrowsIsBounded(String expression, String letter, int most, int length) {
    String template = "{{ (" + expression + ") | length }}";
    assertEquals("" + length, rendered(template, letter, most));
    assertRefused("is longer than", template, letter, most + 1);
  }

  /**
   * Java's own takes time with the square of these letters; the sigma at a word's end is another.
   */
  @Test
  void caseIsChangedInPieces() {
    assertEquals("SS".repeat(9_000), rendered("{{ s | upper }}", "ß", 9_000));
    assertEquals("ας ".repeat(9_000), rendered("{{ s.lower() }}", "ΑΣ ", 9_000));
  }

  /** What a template writes: whole, in a block, in a macro, and macros within one another. */
  static Stream<Arguments> writing() {
    int half = CHARACTERS / 2;
    String macro = "{% macro m(i) %}{% if i %}{{ m(i - 1) }}{% endif %}x{% endmacro %}";
    return Stream.of(
        arguments("{% set t %}{{ s }}{{ s }}{% endset %}{{ t | length }}", half, "16000000"),
        arguments(
            "{% macro m() %}{{ s }}{{ s }}{% endmacro %}{{ m() | length }}", half, "16000000"),
        arguments("{% filter length | string %}{{ s }}{{ s }}{% endfilter %}", half, "16000000"),
        arguments(macro + "{{ m(n) | length }}", 99, "100"));
  }

  @ParameterizedTest
  @MethodSource("writing")
  void whatIsWrittenIsBounded(String template, int most, String expected) {
    assertEquals(expected, rendered(template, "x", most));
    assertRefused(most == 99 ? "nested too deeply" : "is longer than", template, "x", most + 1);
  }

  /** Work that leaves nothing longer is paid for in steps: some times are allowed, many are not. */
  static Stream<Arguments> working() {
    String list = "[" + "1,".repeat(1000) + "]";
    return Stream.of(
        arguments("s.find(s ~ 'y')", 4_000, 10, 300),
        arguments("s.count(t)", 4_000, 10, 900),
        arguments("t in s", 4_000, 10, 900),
        arguments("s.strip(s ~ 'y')", 4_000, 100, 9_000),
        arguments("(range(n) | list) == (range(n) | list)", 9_000, 10, 2_000),
        arguments("5 in range(n)", 9_000, 10, 9_000),
        arguments("1.5 ** 60", 1, 1_000, 40_000),
        arguments(list + " | string | length", 1, 100, 9_000));
  }

  @ParameterizedTest
  @MethodSource("working")
  void whatTakesLongIsPaidForInSteps(String expression, int length, int few, int many) {
    String loop = "{%% for i in range(%d) %%}{%% set x = %s %%}{%% endfor %%}";
    assertEquals("", rendered(loop.formatted(few, expression), "x", length));
    assertRefused("loops without end", loop.formatted(many, expression), "x", length);
  }

  private static void assertRefused(String why, String template, String letter, int n) {
    UserError fault = assertThrows(UserError.class, () -> rendered(template, letter, n));
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
    // Quoted as Python does: doubly where single quotes stand in it.
    assertTrue(fault.getMessage().matches("(?s)The template ['\"]\\{.*"), fault.getMessage());
  }

  private static String rendered(String template, String letter, int n) {
    String text = letter.repeat(n);
    Map<String, Object> row = Map.of("s", text, "n", n, "t", text.substring(text.length() / 2));
    return new TextTemplate(template).render(row).text();
  }
}
