package org.soft4j.notebooks.cells;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import jdk.jshell.JShell;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  @Test
  void aNameShowsTheSignaturesOfAllThatAreCalledSo() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      Documentation known = new Documentation(shell);
      shell.eval("int twice(int number) { return 2 * number; }");

      assertEquals(Optional.of("int twice(int number)"), known.at("twice(", 6));
      assertEquals(Optional.of("int twice(int number)"), known.at("int a = 1;\ntwice(3)", 13));
      assertTrue(known.at("Math.hyp", 8).isEmpty());
      String max = known.at("Math.max(1, 2)", 6).orElseThrow();
      assertTrue(max.contains("int Math.max(int"), max);
      assertTrue(max.contains("double Math.max(double"), max);
    }
  }

  @Test
  void javadocBecomesText() {
    String comment =
        """
         Labels {@code prompts}, see {@link Lab#draw drawing}.

         <p>More &lt;here&gt;.

         @param prompts what is labelled
         @return labels
        """;
    assertEquals(
        "\n    Labels prompts, see drawing.\n    More <here>.\n    prompts what is labelled\n    returns labels",
        JavadocText.below(comment));
    assertEquals("", JavadocText.below(null));
  }
}
