package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;

@Tag("slow")
class JavaLiteralTest {
  private static String literal(String type, String value) {
    return JavaLiteral.of(type, value, "-p x");
  }

  @Test
  void numbersAndTruthsHaveTheNotationOfTheirType() {
    assertEquals("3", literal("int", " 3 "));
    assertEquals("-9000000000L", literal("long", "-9000000000"));
    assertEquals("0.001", literal("double", "1e-3"));
    assertEquals("true", literal("boolean", "true"));
  }

  @Test
  void whatIsNoneOfTheTypeIsRefusedInWords() {
    UserError code = assertThrows(UserError.class, () -> literal("int", "1; System.exit(1)"));
    UserError type = assertThrows(UserError.class, () -> literal("java.util.List<String>", "a"));

    assertTrue(code.getMessage().contains("System.exit"), code::toString);
    assertTrue(type.remedy().contains("int, long, double, boolean, String"), type::toString);
    for (String wrong : List.of("3000000000", "1.5", "")) {
      assertThrows(UserError.class, () -> literal("int", wrong));
    }
    assertThrows(UserError.class, () -> literal("boolean", "yes"));
    assertThrows(UserError.class, () -> literal("double", "NaN"));
  }

  /** What JShell makes of a literal is the text itself: nothing ends it, nothing in it is code. */
  @Test
  void everyTextComesOutOfJavaAsItWentIn() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      List<String> nasty =
          List.of(
              "plain",
              "\"; System.exit(7); //",
              "two\nlines\r\nand\ttab",
              "back\\slash \\u0022 \\\" \\n",
              "= %maven a:b:1",
              "\u2028 ünïcode 漢字 \uD83D\uDE00 \u0000 \u007f 7");
      nasty.forEach(text -> assertEquals(text, javaOf(shell, text)));
      Random random = new Random(11);
      for (int i = 0; i < 40; i++) {
        String text =
            random
                .ints(12, 0, 0x250)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertEquals(text, javaOf(shell, text));
      }
    }
  }

  @Test
  void noPercentSignIsLeftForAKernelToTakeForMagic() {
    assertFalse(literal("String", "100 % = %maven x").contains("%"));
  }

  private static String javaOf(JShell shell, String text) {
    String literal = literal("String", text);
    assertEquals(1, literal.lines().count(), literal);
    List<SnippetEvent> events =
        shell.eval(
            "java.util.Base64.getEncoder().encodeToString(("
                + literal
                + ").getBytes(java.nio.charset.StandardCharsets.UTF_16BE))");
    String shown = events.get(0).value();
    byte[] bytes = java.util.Base64.getDecoder().decode(shown.substring(1, shown.length() - 1));
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_16BE);
  }
}
