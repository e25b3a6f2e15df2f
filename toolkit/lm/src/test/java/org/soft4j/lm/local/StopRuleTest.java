package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Generation.Finish;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.TokenizerVectors;

/**
 * Where answers end. Expected values: transformers and the harness, tools/golden/stop_vectors.py.
 */
class StopRuleTest {
  private static final Map<String, Tokenizer> TOKENIZERS = new HashMap<>();

  @BeforeAll
  static void open() throws IOException {
    for (String name : List.of("byte-level", "legacy", "metaspace")) {
      TOKENIZERS.put(name, TokenizerVectors.tokenizer(name));
    }
  }

  @AfterAll
  static void close() {
    TOKENIZERS.values().forEach(Tokenizer::close);
  }

  @Test
  void answersEndWhereTransformersEndsThemAndHoldNoStop() throws IOException {
    List<Executable> checks = new ArrayList<>();
    for (JsonNode row : TokenizerVectors.read("stops.json")) {
      for (int steps : new int[] {1, 3, 16}) {
        checks.add(() -> check(row, steps));
      }
    }
    assertEquals(3 * 120, checks.size());
    assertAll(checks);
  }

  private static void check(JsonNode row, int steps) {
    List<String> stops = TokenizerVectors.texts(row.path("stops"));
    int[] ids = TokenizerVectors.ids(row.path("ids"));
    Generation written = write(row.path("tokenizer").asText(), ids, stops, Set.of(), steps);
    // The tools decode an answer by itself, which loses the spaces before its first word.
    String text = row.path("text").asText();
    assertEquals(text.replaceFirst("^ +", ""), written.text().replaceFirst("^ +", ""), "" + row);
    assertEquals(row.path("tokens").asInt(), written.tokens(), row.toString());
  }

  private static Generation write(
      String name, int[] ids, List<String> stops, Set<Integer> model, int steps) {
    Tokenizer tokenizer = TOKENIZERS.get(name);
    int[] context = {tokenizer.id("<s>")};
    GenerationRequest request = new GenerationRequest("", Sampling.GREEDY, ids.length, stops, 0);
    Writing writing = new Writing(0, request, context, 1000);
    for (int from = 0; from < ids.length; from += steps) {
      double[] measured = new double[3 * steps];
      for (int i = from; i < Math.min(ids.length, from + steps); i++) {
        measured[3 * (i - from)] = ids[i];
      }
      Optional<Generation> ended = writing.take(measured, 0, steps, model, tokenizer);
      if (ended.isPresent()) {
        return ended.get();
      }
    }
    throw new AssertionError("did not end");
  }

  /** The turn's end of ChatML, asked for as a stop text, in a model that does not stop at it. */
  @Test
  void aStopTextThatIsOneSpecialTokenIsAStopToken() {
    Tokenizer tokenizer = TOKENIZERS.get("byte-level");
    int[] ids = tokenizer.encode("the house<|im_end|>\nthe dog");
    Generation written = write("byte-level", ids, List.of("<|im_end|>"), Set.of(), 4);
    assertEquals("the house", written.text());
    assertEquals(Finish.STOP_TOKEN, written.finish());
    assertEquals(tokenizer.encode("the house<|im_end|>").length, written.tokens());
  }

  @Test
  void aStopTextIsMatchedWithTheModelsOwnStopToken() {
    Tokenizer tokenizer = TOKENIZERS.get("byte-level");
    int[] ids = tokenizer.encode("the house\n<|im_end|>the dog");
    Set<Integer> model = Set.of(tokenizer.id("<|im_end|>"));
    assertEquals("the house", write("byte-level", ids, List.of("\n<|im_end|>"), model, 16).text());
    assertEquals("the house\n", write("byte-level", ids, List.of("|>"), Set.of(), 16).text());
    assertEquals("the house\n", write("byte-level", ids, List.of("dog"), model, 16).text());
  }
}
