package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void whatATerminalObeysIsWrittenOut() {
    assertEquals(
        "a\\u001b[2Jb\\u0007\\u009b\\u007f", Printable.text("a\u001b[2Jb\u0007\u009b\u007f"));
    assertEquals("safe\\u202etxt.exe\\u2069", Printable.text("safe\u202etxt.exe\u2069"));
    assertEquals("\\u200b\\u2060\\ufeff\\u00ad", Printable.text("\u200b\u2060\ufeff\u00ad"));
    assertEquals("\\ud800 \\uffff", Printable.text("\ud800 \uffff"));
    assertEquals("\\udb40\\udc41", Printable.text(Character.toString(0xE0041)), "a tag");
  }

  @Test
  void aNameStaysOnItsLine() {
    assertEquals("a\\nb\\tc\\u000d\\u2028\\u0085", Printable.line("a\nb\tc\r\u2028\u0085"));
    assertEquals("a\nb\tc\r\n\\u000d", Printable.text("a\nb\tc\r\n\r"));
  }

  @Test
  void writingStaysAsItIs() {
    for (String text :
        new String[] {
          "Grüße, мир, 你好, שלום, नमस्ते, \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
          "👩\u200d🚀 \ud83d\ude00"
        }) {
      assertEquals(text, Printable.text(text));
      assertTrue(Printable.isLine(text));
    }
    assertEquals("pay\\u200dpal", Printable.text("pay\u200dpal"));
  }

  /** Every code point below the tags: nothing of these categories is left. */
  @Test
  void noCharacterWithoutAPictureIsLeft() {
    IntStream.rangeClosed(0, 0xE0FFF)
        .forEach(
            c -> {
              String line = Printable.line("a" + Character.toString(c) + "b");
              int type = Character.getType(c);
              if (type == Character.CONTROL
                  || type == Character.SURROGATE
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || Character.getDirectionality(c)
                          >= Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING
                      && Character.getDirectionality(c)
                          <= Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE
                      && Character.getDirectionality(c)
                          != Character.DIRECTIONALITY_BOUNDARY_NEUTRAL) {
                assertTrue(line.startsWith("a\\"), () -> Integer.toHexString(c));
              }
            });
  }

  /** A JSON text that is shown is still that JSON text. */
  @Test
  void jsonKeepsItsValue() throws JsonProcessingException {
    String value = "\u202e \u200b \u2028 \ud800 \u009b " + Character.toString(0xE0041);
    String json = Json.line(value);
    String shown = Printable.line(json);
    assertFalse(shown.equals(json));
    assertEquals(value, Json.mapper().readValue(shown, String.class));
  }
}
