package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.tokenizer.Beginning;
import org.soft4j.lm.tokenizer.JsonTokenizer;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;
import org.soft4j.lm.tokenizer.TokenizerVectors;
import org.soft4j.lm.tokenizer.UserText;

/**
 * With and without a beginning-of-text token, texts are cut as lm-evaluation-harness cuts them; the
 * expected tokens are its own (tools/golden/begin_vectors.py).
 */
class BeginningTest {
  @ParameterizedTest
  @CsvSource({
    "adds, auto", "adds, on", "adds, off",
    "does-not-add, auto", "does-not-add, on", "does-not-add, off",
    "has-none, auto", "has-none, off"
  })
  void contextsAndContinuationsHaveTheTokensOfTheHarness(String name, String bos)
      throws IOException {
    JsonNode golden = TokenizerVectors.read("begin.json").path(name);
    try (JsonTokenizer plain = tokenizer(name)) {
      SpecialTokens special = special(golden, plain);
      Tokenizer tokenizer = Beginning.parse(bos).of(plain, special, name);
      for (int i = 0; i < golden.path("pairs").size(); i++) {
        JsonNode pair = golden.path("pairs").get(i);
        ScoreRequest request = new ScoreRequest(pair.get(0).asText(), pair.get(1).asText());
        ScorePlan plan = new ScoreEncoder(tokenizer, special, 100).plan(i, request);
        JsonNode cut = golden.path("cut").path(bos).get(i);
        int[] context = TokenizerVectors.ids(cut.get(0));
        assertArrayEquals(context, Arrays.copyOf(plan.inputs(), plan.start() + 1), pair.toString());
        assertArrayEquals(TokenizerVectors.ids(cut.get(1)), plan.targets(), pair.toString());
      }
    }
  }

  @Test
  void whatAUserSpellsIsNoBeginningOfTheText() throws IOException {
    try (JsonTokenizer plain = tokenizer("adds")) {
      SpecialTokens special = new SpecialTokens(OptionalInt.of(1), OptionalInt.of(2));
      Tokenizer tokenizer = Beginning.AUTO.of(plain, special, "a model");
      assertEquals(1, count(tokenizer.encode("<s>the dog"), 1), "the template's own");
      int[] spelled = tokenizer.encode(UserText.mark("<s>the dog"));
      assertEquals(1, count(spelled, 1), "the tokenizer's own, and none for the spelling");
      assertEquals("<s>the dog", tokenizer.decode(spelled));
    }
  }

  @Test
  void aModelThatHasNoneSaysSo() throws IOException {
    try (JsonTokenizer plain = tokenizer("has-none")) {
      SpecialTokens none = new SpecialTokens(OptionalInt.empty(), OptionalInt.of(1));
      UserError error = assertThrows(UserError.class, () -> Beginning.ON.of(plain, none, "qwen"));
      assertEquals("qwen has no beginning-of-text token.", error.getMessage());
      assertTrue(error.remedy().contains("--bos auto"), error.remedy());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "AUTO", ""})
  void anotherWordIsRefused(String word) {
    UserError error = assertThrows(UserError.class, () -> Beginning.parse(word));
    assertTrue(error.remedy().contains("auto"), error.remedy());
  }

  // llama-untied's tokenizer adds the token, llama-tied's does not.
  @ParameterizedTest
  @CsvSource({"llama-untied, on, off", "llama-tied, off, on"})
  void scoresSamplesAndDigestFollowTheChoice(String name, String same, String other) {
    List<ScoreRequest> requests = List.of(new ScoreRequest("Q: Paris?\nA:", " yes"));
    double auto = score(name, "auto", requests);
    assertEquals(auto, score(name, same, requests), 0);
    assertNotEquals(auto, score(name, other, requests), 1e-3);
    // A cache by digest must not hand the answers of one to the other.
    assertEquals(
        3, List.of("auto", "on", "off").stream().map(b -> digest(name, b)).distinct().count());
  }

  private static double score(String name, String bos, List<ScoreRequest> requests) {
    try (LocalModel model = Golden.open(name, settings(bos))) {
      return model.score(requests).get(0).logProbability();
    }
  }

  private static String digest(String name, String bos) {
    try (LocalModel model = Golden.open(name, settings(bos))) {
      return model.identity().digest();
    }
  }

  private static OpenSettings settings(String bos) {
    return OpenSettings.AUTO.with("cpu", "float32").withThreads(1).with(Beginning.parse(bos));
  }

  private static JsonTokenizer tokenizer(String name) throws IOException {
    if (!name.equals("adds")) {
      return JsonTokenizer.open(Golden.ROOT.resolve("qwen2/tokenizer.json"));
    }
    JsonNode json = TokenizerVectors.read("metaspace.json").path("tokenizer");
    return JsonTokenizer.parse(JsonMapper.builder().build().writeValueAsBytes(json), name);
  }

  private static SpecialTokens special(JsonNode golden, Tokenizer tokenizer) {
    JsonNode begin = golden.path("special").path("bos_token");
    return new SpecialTokens(
        begin.isNull() ? OptionalInt.empty() : OptionalInt.of(tokenizer.id(begin.asText())),
        OptionalInt.of(tokenizer.id(golden.path("special").path("eos_token").asText())));
  }

  private static long count(int[] ids, int id) {
    return Arrays.stream(ids).filter(i -> i == id).count();
  }
}
