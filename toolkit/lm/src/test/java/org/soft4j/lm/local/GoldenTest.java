package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Score;

/** Numbers and texts equal those of an independent implementation. */
class GoldenTest {
  private static final double TOLERANCE = 1e-4;

  // f32 with tied head and grouped queries; f16 with its own head and a begin token; bf16 with
  // heads wider than hidden / heads; then the families and their settings, of which tools/golden/
  // families.py makes the table: biases and linear scaling in three shards, windows shorter than
  // the texts in all layers and in some, norms of heads, GPT-2 with tied and own head.
  @ParameterizedTest
  @MethodSource("org.soft4j.lm.source.GoldenModels#all")
  void scoresAndGreedyTextsAreThoseOfTransformers(String name) {
    try (LocalModel model = Golden.open(name)) {
      checkScores(name, model);
      checkTexts(name, model);
    }
  }

  // Written by the gguf package: names, rows of heads by turns, factors of rotary frequencies.
  @ParameterizedTest
  @MethodSource("org.soft4j.lm.source.GoldenModels#inGguf")
  void theGgufFileOfAModelGivesTheSame(String name) {
    Path file = Golden.ROOT.resolve(name).resolve("model.gguf");
    try (LocalModel model = LocalModel.open(file, OpenSettings.AUTO.with("cpu", "float32"))) {
      checkScores(name, model);
      checkTexts(name, model);
    }
  }

  private static void checkScores(String name, LocalModel model) {
    List<JsonNode> items = Golden.list(Golden.expected(name).get("scores"));
    List<Score> scores = model.score(items.stream().map(Golden::score).toList());
    for (int i = 0; i < items.size(); i++) {
      double[] expected = Golden.numbers(items.get(i).get("logProbabilities"));
      assertArrayEquals(expected, scores.get(i).logProbabilities(), TOLERANCE);
      assertArrayEquals(
          Golden.numbers(items.get(i).get("entropies")), scores.get(i).entropies(), TOLERANCE);
      assertEquals(items.get(i).get("greedy").asBoolean(), scores.get(i).greedy());
      assertEquals(expected.length, scores.get(i).tokens());
    }
  }

  private static void checkTexts(String name, LocalModel model) {
    List<JsonNode> items = Golden.list(Golden.expected(name).get("texts"));
    List<Generation> texts =
        model.generate(
            items.stream().map(item -> Golden.greedy(item.get("context").asText(), 24)).toList());
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      assertEquals(item.get("text").asText(), texts.get(i).text());
      assertEquals(item.get("tokens").asInt(), texts.get(i).tokens());
      assertEquals(
          item.get("stopped").asBoolean(), texts.get(i).finish() == Generation.Finish.STOP_TOKEN);
      assertArrayEquals(
          Golden.numbers(item.get("logProbabilities")), texts.get(i).logProbabilities(), TOLERANCE);
      assertArrayEquals(Golden.numbers(item.get("entropies")), texts.get(i).entropies(), TOLERANCE);
    }
  }
}
