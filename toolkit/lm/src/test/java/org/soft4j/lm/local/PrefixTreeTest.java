package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel.PositionCount;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/** Sharing prefixes changes what is computed, not what comes out. */
@Tag("slow")
class PrefixTreeTest {
  private static final String[] WORDS = {"The", " sun", " rises", " 日本", "?", "\n\nQ: ", " no"};

  /** Random requests over few words, so that many share prefixes, whole contexts included. */
  private static List<ScoreRequest> requests(long seed, int count) {
    Random random = new Random(seed);
    List<ScoreRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(new ScoreRequest(text(random, 9), text(random, 4) + "x"));
    }
    return requests;
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int words = random.nextInt(most); words > 0; words--) {
      text.append(WORDS[random.nextInt(random.nextInt(WORDS.length) + 1)]);
    }
    return text.toString();
  }

  // Chunks of 1, 7 and 512 nodes: paths that cross many chunks, some, and none.
  @ParameterizedTest
  @CsvSource({
    "llama-tied,1",
    "llama-untied,7",
    "llama-wide,512",
    "llama-wide,7",
    "llama-biases,7",
    "llama3-rope,9",
    "mistral-window,7",
    "qwen2,5",
    "qwen2-window,3",
    "qwen3,11",
    "qwen3-mixed,6",
    "gpt2,7",
    "gpt2-untied,512"
  })
  void scoresAreThoseOfTheReferenceDecoderAndEveryPrefixIsComputedOnce(String name, int chunk) {
    List<ScoreRequest> requests = requests(chunk, 60);
    OpenSettings settings =
        OpenSettings.AUTO.with("cpu", "float32").withThreads(1).withBatches(chunk, 4);
    try (LocalModel model = Golden.open(name, settings)) {
      var source = model.source();
      ReferenceDecoder reference = new ReferenceDecoder(source.architecture(), source.weights());
      List<Score> scores = model.score(requests);
      Set<List<Integer>> prefixes = new HashSet<>();
      for (int i = 0; i < requests.size(); i++) {
        ScorePlan plan = new ScoreEncoder(source).plan(i, requests.get(i));
        List<Integer> inputs = Arrays.stream(plan.inputs()).boxed().toList();
        for (int length = 1; length <= inputs.size(); length++) {
          prefixes.add(inputs.subList(0, length));
        }
        double[][] rows = reference.logProbabilities(plan.inputs());
        double[] expected = new double[plan.targets().length];
        double[] entropies = new double[expected.length];
        for (int t = 0; t < expected.length; t++) {
          double[] row = rows[plan.start() + t];
          expected[t] = row[plan.targets()[t]];
          entropies[t] = -Arrays.stream(row).map(v -> v * Math.exp(v)).sum();
        }
        assertArrayEquals(expected, scores.get(i).logProbabilities(), 1e-4);
        assertArrayEquals(entropies, scores.get(i).entropies(), 1e-4);
      }
      assertEquals(prefixes.size(), model.computedPositions());
    }
  }

  // In bf16 a tree is attended to by products in blocks. One request alone is a chain of its own.
  @ParameterizedTest
  @CsvSource({"llama-tied,512", "llama-wide,512", "llama-wide,100", "qwen3,70"})
  void inBrainFloatsATreeScoresNearlyWhatEachRequestAloneScores(String name, int chunk) {
    List<ScoreRequest> requests = requests(chunk, 60);
    OpenSettings settings =
        OpenSettings.AUTO.with("cpu", "bfloat16").withThreads(1).withBatches(chunk, 4);
    try (LocalModel model = Golden.open(name, settings)) {
      List<Score> together = model.score(requests);
      for (int i = 0; i < requests.size(); i++) {
        Score alone = model.score(List.of(requests.get(i))).get(0);
        assertArrayEquals(alone.logProbabilities(), together.get(i).logProbabilities(), 0.05);
      }
    }
  }

  // 3 slots for 40 requests: sequences leave and others enter, slots move.
  @ParameterizedTest
  @CsvSource({
    "llama-tied,3,5",
    "llama-untied,3,512",
    "llama-wide,40,11",
    "mistral-window,3,5",
    "qwen2-window,4,7",
    "qwen3,3,512",
    "gpt2,3,9"
  })
  void aBatchWritesWhatEachRequestAloneWrites(String name, int slots, int chunk) {
    List<GenerationRequest> requests = new ArrayList<>();
    List<ScoreRequest> texts = requests(7, 40);
    for (int i = 0; i < texts.size(); i++) {
      requests.add(Golden.greedy(texts.get(i).context(), 1 + i % 30));
    }
    OpenSettings settings =
        OpenSettings.AUTO.with("cpu", "float32").withThreads(1).withBatches(chunk, slots);
    try (LocalModel model = Golden.open(name, settings)) {
      List<Generation> together = model.generate(requests);
      for (int i = 0; i < requests.size(); i++) {
        Generation alone = model.generate(List.of(requests.get(i))).get(0);
        assertEquals(alone.text(), together.get(i).text());
        assertEquals(alone.finish(), together.get(i).finish());
        assertArrayEquals(alone.logProbabilities(), together.get(i).logProbabilities(), 1e-4);
        assertArrayEquals(alone.entropies(), together.get(i).entropies(), 1e-4);
      }
      List<GenerationRequest> shuffled = new ArrayList<>(requests);
      Collections.reverse(shuffled);
      List<Generation> again = model.generate(shuffled);
      for (int i = 0; i < requests.size(); i++) {
        assertEquals(together.get(i).text(), again.get(requests.size() - 1 - i).text());
      }
    }
  }

  // One header of more than LEAST_COMMON tokens: every step attends to it once for all sequences.
  @ParameterizedTest
  @CsvSource({"llama-tied,2,512", "llama-untied,5,7", "llama-wide,16,64"})
  void aLongSharedHeaderChangesNothing(String name, int slots, int chunk) {
    String header = "The sun rises in the east, and sets in the west. ".repeat(3);
    List<GenerationRequest> requests = new ArrayList<>();
    Random random = new Random(slots);
    for (int i = 0; i < 16; i++) {
      requests.add(Golden.greedy(header + text(random, 9), 1 + i % 13));
    }
    OpenSettings settings =
        OpenSettings.AUTO.with("cpu", "float32").withThreads(1).withBatches(chunk, slots);
    try (LocalModel model = Golden.open(name, settings)) {
      List<Generation> together = model.generate(requests);
      PositionCount positions = model.positions().orElseThrow();
      assertTrue(positions.computed() < positions.asked() / 2, positions.text());
      for (int i = 0; i < requests.size(); i++) {
        Generation alone = model.generate(List.of(requests.get(i))).get(0);
        assertEquals(alone.text(), together.get(i).text());
        assertArrayEquals(alone.logProbabilities(), together.get(i).logProbabilities(), 1e-4);
        assertArrayEquals(alone.entropies(), together.get(i).entropies(), 1e-4);
      }
    }
  }
}
