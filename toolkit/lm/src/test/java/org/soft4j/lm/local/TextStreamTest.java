package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

class TextStreamTest {
  private final List<String> told = new ArrayList<>();

  private List<String> stream(List<String> stops, String whole, String... sofar) {
    TextStream stream = new TextStream(stops, told::add);
    for (String text : sofar) {
      stream.sofar(text);
    }
    stream.whole(whole);
    return told;
  }

  /** Half a letter decodes to U+FFFD until its other bytes are there. */
  @Test
  void halfALetterIsHeldBack() {
    assertEquals(
        List.of("a", "\u65e5", "!"),
        stream(List.of(), "a\u65e5!", "a\ufffd", "a\ufffd\ufffd", "a\u65e5", "a\u65e5!"));
  }

  /** One that the model really wrote is told at the end. */
  @Test
  void aReplacementLetterComesAtTheEnd() {
    assertEquals(List.of("a", "\ufffd"), stream(List.of(), "a\ufffd", "a", "a\ufffd"));
  }

  @Test
  void whatMayBeAStopIsHeldBack() {
    assertEquals(
        List.of("yes", "\nbut"),
        stream(List.of("\n\nQ"), "yes\nbut", "yes", "yes\n", "yes\nbut", "yes\nbut\n\n"));
  }

  /** The pieces are the text of the same request without a stream, greedy and drawn. */
  @Test
  void aModelStreamsWhatItGenerates() {
    try (LocalModel model = Golden.open("llama-tied")) {
      for (Sampling sampling : List.of(Sampling.GREEDY, new Sampling(1.2, 1, 0))) {
        GenerationRequest request =
            new GenerationRequest("The sun rises", sampling, 40, List.of(), 7);
        Generation expected = model.generate(List.of(request)).get(0);
        told.clear();
        Generation seen = model.stream(request, told::add, Cancellation.NEVER);
        assertEquals(expected.text(), seen.text());
        assertEquals(expected.text(), String.join("", told));
        assertTrue(told.size() > 5, told.toString());
      }
    }
  }
}
