package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.tokenizer.JsonTokenizer;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.TokenizerVectors;

/**
 * Streams drawn from the whole vocabularies of Llama 3 and Qwen 3, with halves of characters and
 * control tokens, end after the token at which transformers' StopStringCriteria ends them, and hold
 * no stop. Expected values: tools/golden/real_stop_vectors.py.
 */
class RealStopsTest {
  @ParameterizedTest
  @CsvSource({"llama3, <|eot_id|>", "qwen3, <|im_end|>"})
  void streamsEndAtTransformersToken(String name, String end) throws IOException {
    JsonNode vectors = read(name + "-stops.json");
    byte[] json = JsonMapper.builder().build().writeValueAsBytes(vectors.path("tokenizer"));
    try (Tokenizer tokenizer = JsonTokenizer.parse(json, name)) {
      List<Executable> checks = new ArrayList<>();
      for (JsonNode row : vectors.path("rows")) {
        for (int steps : new int[] {1, 4, 64}) {
          checks.add(() -> check(tokenizer, tokenizer.id(end), row, steps));
        }
      }
      assertEquals(3 * 104, checks.size());
      assertAll(checks);
    }
  }

  private static void check(Tokenizer tokenizer, int begin, JsonNode row, int steps) {
    List<String> stops = TokenizerVectors.texts(row.path("stops"));
    Generation written =
        write(tokenizer, begin, TokenizerVectors.ids(row.path("ids")), stops, steps);
    assertEquals(row.path("transformers").asInt(), written.tokens(), row.toString());
    assertEquals(row.path("text").asText(), written.text(), row.toString());
  }

  private static Generation write(
      Tokenizer tokenizer, int begin, int[] ids, List<String> stops, int steps) {
    GenerationRequest request = new GenerationRequest("", Sampling.GREEDY, ids.length, stops, 0);
    Writing writing = new Writing(0, request, new int[] {begin}, 1000);
    for (int from = 0; from < ids.length; from += steps) {
      double[] measured = new double[3 * steps];
      for (int i = from; i < Math.min(ids.length, from + steps); i++) {
        measured[3 * (i - from)] = ids[i];
      }
      Optional<Generation> ended = writing.take(measured, 0, steps, Set.of(), tokenizer);
      if (ended.isPresent()) {
        return ended.get();
      }
    }
    throw new AssertionError("did not end");
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = RealStopsTest.class.getResourceAsStream(name)) {
      return JsonMapper.builder().build().readTree(in);
    }
  }
}
