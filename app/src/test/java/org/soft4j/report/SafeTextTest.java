package org.soft4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void markupBecomesText() {
    assertEquals(
        "&lt;/script&gt;&lt;img src=x onerror=&quot;a()&quot;&gt; &amp;lt; &#39;",
        SafeText.html("</script><img src=x onerror=\"a()\"> &lt; '"));
  }

  @Test
  void markdownIsTakenLiterally() {
    assertEquals(
        "\\[a\\](javascript:b) \\`c\\` \\| &lt;br&gt;<br>\\# d",
        SafeText.markdown("[a](javascript:b) `c` | <br>\n# d"));
    assertEquals(
        "safe\\\\u202etxt.exe", SafeText.markdown("safe\u202Etxt.exe"), "shown as \\u202e");
  }

  @Test
  void aLineOfCodeStaysOneLineAndMovesNoCursor() {
    assertEquals("--tasks a b\\u001b[2J", SafeText.line("--tasks a\nb\u001b[2J"));
  }

  /** Whatever the text, no character is left that ends a text or an attribute in HTML. */
  @Test
  void noTextEndsWhatItStandsIn() {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        text.append(
            (char)
                (random.nextBoolean()
                    ? "<>&\"'/=`\0\uD800".charAt(random.nextInt(10))
                    : random.nextInt(0x10000)));
      }
      String html = SafeText.html(text.toString());
      assertFalse(html.matches("(?s).*[<>\"'\0].*"), html);
      assertTrue(html.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF), html);
    }
  }
}
