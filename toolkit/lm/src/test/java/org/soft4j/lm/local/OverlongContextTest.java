package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Generation.Finish;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.tokenizer.JsonTokenizer;

/**
 * Prompts beyond the window, 256 positions here. Expected texts: lm-evaluation-harness's own
 * (tools/golden/overlong_texts.py).
 */
class OverlongContextTest {
  private static final int WINDOW = 256;
  private static final int NEW_TOKENS = 24;

  @Test
  void cutOnTheLeftTextsAreThoseOfTheHarness() throws IOException {
    List<JsonNode> rows = rows();
    List<Generation> texts = written(rows, Overlong.CUT);
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(rows.get(i).path("text").asText(), texts.get(i).text());
      boolean cut = rows.get(i).path("tokens").asInt() > WINDOW - NEW_TOKENS;
      assertEquals(cut, texts.get(i).caveats().contains(Caveat.CONTEXT_CUT));
    }
  }

  // Of 15, 181, 245, 424, 498 and 735 tokens: three fit, and three fill the window.
  @Test
  void keptWholeTheySayThatThereIsNoRoom() throws IOException {
    List<Generation> texts = written(rows(), Overlong.KEEP);
    assertEquals(Set.of(Caveat.CUT_OFF), texts.get(1).caveats());
    for (Generation none : texts.subList(3, 6)) {
      assertEquals("", none.text());
      assertEquals(Finish.LENGTH, none.finish());
      assertEquals(Set.of(Caveat.NO_ROOM), none.caveats());
    }
  }

  // 250 tokens leave room for 6 of the 24; with a bound of 6 it is the bound that ends the text.
  @ParameterizedTest
  @CsvSource({"24, WINDOW_FULL", "6, CUT_OFF"})
  void aTextThatTheWindowEndsSaysSo(int bound, Caveat caveat) {
    try (JsonTokenizer tokenizer =
        JsonTokenizer.open(Golden.ROOT.resolve("llama-untied").resolve("tokenizer.json"))) {
      Writing writing = new Writing(0, Golden.greedy("x", bound), new int[250], WINDOW);
      double[] sixTokens = new double[3 * 6];
      Arrays.fill(sixTokens, 50);
      Generation text = writing.take(sixTokens, 0, 6, Set.of(), tokenizer).orElseThrow();
      assertEquals(6, text.tokens());
      assertEquals(Set.of(caveat), text.caveats());
    }
  }

  private static List<Generation> written(List<JsonNode> rows, Overlong overlong) {
    try (LocalModel model = Golden.open("llama-untied")) {
      return model.generate(
          rows.stream()
              .map(row -> Golden.greedy(row.path("prompt").asText(), NEW_TOKENS).with(overlong))
              .toList());
    }
  }

  private static List<JsonNode> rows() throws IOException {
    return Golden.list(
        new ObjectMapper()
            .readTree(Golden.ROOT.resolve("llama-untied").resolve("overlong.json").toFile()));
  }
}
