package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.tokenizer.JsonTokenizer;
import org.soft4j.lm.tokenizer.Tokenizer.SpecialTokens;
import org.soft4j.lm.tokenizer.TokenizerVectors;

/**
 * Contexts that end inside a token of the whole text are fed as lm-evaluation-harness feeds them.
 * The expected scores and tokens are its own (tools/golden/border_pairs.py).
 */
class BorderTest {
  private static final double TOLERANCE = 1e-4;

  /** The harness sums in float32, so that a hundred nats and more have less than that. */
  private static final double RELATIVE = 3e-6;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-tied",
        "llama-untied",
        "llama-biases",
        "mistral-window",
        "qwen2",
        "qwen3",
        "gpt2"
      })
  void scoresAreThoseOfTheHarness(String name) throws IOException {
    OpenSettings settings = OpenSettings.AUTO.with("cpu", "float32").withBatches(11, 4);
    try (LocalModel model = Golden.open(name, settings)) {
      check(model, read(Golden.ROOT.resolve(name).resolve("borders.json")));
    }
  }

  @Test
  void scoresOfTheMicroModelAreThoseOfTheHarness(@TempDir Path folder) throws IOException {
    OpenSettings settings = OpenSettings.AUTO.with("cpu", "float32");
    try (LocalModel model = LocalModel.open(EmbeddedModels.unpack("micro-1", folder), settings)) {
      check(model, resource("micro-borders.json"));
    }
  }

  /** The real SmolLM2-135M-Instruct Q4_1 file, where the variable SOFT4J_SMOLLM2 names it. */
  @Test
  void scoresOfSmolLm2AreThoseOfTheHarness() throws IOException {
    try (LocalModel model = smolLm2()) {
      JsonNode pairs = resource("smollm2-borders.json");
      assertTrue(pairs.size() > 200);
      check(model, pairs);
    }
  }

  /**
   * Real tokenizers, in which {@code :\n} or {@code %\n\n} is one token, where the variable
   * SOFT4J_TOKENIZERS names a folder with their tokenizer.json as NAME.json.
   */
  @ParameterizedTest
  @CsvSource({"llama3, <|begin_of_text|>", "qwen3, <|endoftext|>"})
  void tokensOfRealTokenizersAreThoseOfTheHarness(String name, String first) throws IOException {
    String folder = System.getenv("SOFT4J_TOKENIZERS");
    assumeTrue(folder != null, "SOFT4J_TOKENIZERS is not set");
    try (JsonTokenizer tokenizer = JsonTokenizer.open(Path.of(folder, name + ".json"))) {
      SpecialTokens special =
          new SpecialTokens(OptionalInt.of(tokenizer.id(first)), OptionalInt.empty());
      ScoreEncoder encoder = new ScoreEncoder(tokenizer, special, 100_000);
      for (JsonNode pair : resource(name + "-borders.json")) {
        ScorePlan plan = encoder.plan(0, request(pair));
        int[] rest = TokenizerVectors.ids(pair.get(3));
        assertArrayEquals(rest, plan.targets(), pair.toString());
        if (rest.length > 0) {
          int[] context = Arrays.copyOf(plan.inputs(), plan.start() + 1);
          assertArrayEquals(TokenizerVectors.ids(pair.get(2)), context, pair.toString());
        }
      }
    }
  }

  // Of SmolLM2 "Answ" has two tokens, and "Answer" has one.
  @Test
  void aContinuationWithoutATokenIsNoScoreAndEndsNothing() throws IOException {
    try (LocalModel model = smolLm2()) {
      List<ScoreRequest> requests =
          List.of(new ScoreRequest("Answ", "er"), new ScoreRequest("Answ", "ering the question"));
      List<Score> scores = scores(model, requests);
      assertEquals(Optional.of(Caveat.NO_TOKENS), scores.get(0).missing());
      assertTrue(Double.isNaN(scores.get(0).logProbability()));
      assertFalse(scores.get(0).greedy());
      assertTrue(scores.get(1).tokens() > 0);
      UserError error = assertThrows(UserError.class, () -> model.score(requests));
      assertTrue(error.getMessage().startsWith("\"er\" cannot be scored behind \"…Answ\""));
    }
  }

  /** The window of llama-untied has 256 positions. */
  @Test
  void aContextBeyondTheWindowIsCutOnTheLeftAndSaysSo() {
    String long300 = "x ".repeat(300);
    List<ScoreRequest> requests =
        List.of(
            new ScoreRequest(long300 + "the", " end"),
            new ScoreRequest("the", " end"),
            new ScoreRequest("the", long300));
    try (LocalModel model = Golden.open("llama-untied")) {
      List<Score> scores = scores(model, requests);
      assertEquals(Set.of(Caveat.CONTEXT_CUT), scores.get(0).caveats());
      assertEquals(Set.of(), scores.get(1).caveats());
      assertEquals(Optional.of(Caveat.TOO_LONG), scores.get(2).missing());
    }
  }

  private static List<Score> scores(LocalModel model, List<ScoreRequest> requests) {
    Score[] scores = new Score[requests.size()];
    model.score(requests, (i, score) -> scores[i] = score, Cancellation.NEVER);
    return List.of(scores);
  }

  private static void check(LocalModel model, JsonNode pairs) {
    List<ScoreRequest> requests = new ArrayList<>();
    pairs.forEach(pair -> requests.add(request(pair)));
    List<Score> scores = scores(model, requests);
    for (int i = 0; i < scores.size(); i++) {
      JsonNode pair = pairs.get(i);
      assertEquals(pair.get(2).isNull(), scores.get(i).missing().isPresent(), pair.toString());
      if (!pair.get(2).isNull()) {
        double expected = pair.get(2).asDouble();
        double tolerance = Math.max(TOLERANCE, RELATIVE * Math.abs(expected));
        assertEquals(expected, scores.get(i).logProbability(), tolerance, pair.toString());
        assertEquals(pair.get(3).asBoolean(), scores.get(i).greedy(), pair.toString());
      }
    }
  }

  private static LocalModel smolLm2() {
    String file = System.getenv("SOFT4J_SMOLLM2");
    assumeTrue(file != null, "SOFT4J_SMOLLM2 is not set");
    return LocalModel.open(Path.of(file), OpenSettings.AUTO.with("cpu", "float32"));
  }

  private static ScoreRequest request(JsonNode pair) {
    return new ScoreRequest(pair.get(0).asText(), pair.get(1).asText());
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(file));
  }

  private static JsonNode resource(String name) throws IOException {
    return new ObjectMapper().readTree(BorderTest.class.getResourceAsStream(name));
  }
}
