package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Generation.Finish;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;

class LocalModelTest {
  private static final String Q = "model.layers.1.self_attn.q_proj.weight";

  @Test
  void aStopStringCutsTextTokensAndMeasuresAlike() {
    try (LocalModel model = Golden.open("llama-tied")) {
      Generation whole = model.generate(List.of(Golden.greedy("Paris", 24))).get(0);
      String stop = whole.text().substring(10, 13);
      int at = whole.text().indexOf(stop);
      Generation cut =
          model
              .generate(
                  List.of(
                      new GenerationRequest(
                          "Paris", Sampling.GREEDY, 24, List.of("never there", stop), 0)))
              .get(0);
      assertEquals(whole.text().substring(0, at), cut.text());
      assertEquals(Finish.STOP_STRING, cut.finish());
      assertTrue(cut.tokens() < whole.tokens());
      assertEquals(cut.tokens(), cut.logProbabilities().length);
      assertEquals(cut.tokens(), cut.entropies().length);
      for (int i = 0; i < cut.tokens(); i++) {
        assertEquals(whole.logProbabilities()[i], cut.logProbabilities()[i], 1e-4);
      }
    }
  }

  @Test
  void theContextLengthOfTheModelEndsAResponse() {
    // The model reads 256 positions; a context that fills them leaves room for none.
    try (LocalModel model = Golden.open("llama-tied")) {
      String long250 = "é".repeat(250); // 1 token each or more
      int room = 256 - model.source().tokenizer().encode(long250).length;
      List<Generation> texts =
          model.generate(List.of(Golden.greedy(long250, 100), Golden.greedy("é".repeat(400), 100)));
      assertTrue(texts.get(0).tokens() <= Math.max(0, room));
      assertEquals(0, texts.get(1).tokens());
      assertEquals(Finish.LENGTH, texts.get(1).finish());
    }
  }

  @Test
  void scoringKeepsTheLastPositionsAndRefusesWhatCannotFit() {
    try (LocalModel model = Golden.open("llama-tied")) {
      Score score = model.score(List.of(new ScoreRequest("é".repeat(400), " yes"))).get(0);
      assertTrue(score.logProbability() < 0);
      ScoreRequest tooLong = new ScoreRequest("a", "é".repeat(400));
      assertThrows(UserError.class, () -> model.score(List.of(tooLong)));
    }
  }

  @Test
  void whiteSpaceAtTheBorderBelongsToTheContinuation() {
    try (LocalModel model = Golden.open("llama-tied")) {
      List<Score> scores =
          model.score(
              List.of(new ScoreRequest("Answer:\n ", "no"), new ScoreRequest("Answer:", "\n no")));
      assertEquals(scores.get(0).logProbability(), scores.get(1).logProbability(), 1e-5);
      assertEquals(scores.get(0).tokens(), scores.get(1).tokens());
    }
  }

  @Test
  void anEmptyContextIsTheBeginTokenOrTheStopToken() {
    // In llama-untied the tokenizer itself writes the begin token, so all it adds is the same.
    try (LocalModel model = Golden.open("llama-untied")) {
      List<Score> scores =
          model.score(
              List.of(new ScoreRequest("", "Paris"), new ScoreRequest("", "<|begin|>Paris")));
      assertEquals(scores.get(0).logProbability(), scores.get(1).logProbability(), 1e-5);
    }
  }

  @Test
  void cancellationEndsACall() {
    try (LocalModel model = Golden.open("llama-tied")) {
      AtomicInteger asked = new AtomicInteger();
      List<GenerationRequest> requests = List.of(Golden.greedy("The", 200));
      assertThrows(
          CancellationException.class,
          () -> model.generate(requests, (i, g) -> {}, () -> asked.incrementAndGet() > 3));
      assertEquals(4, asked.get());
      assertEquals(24, model.generate(List.of(Golden.greedy("Paris", 24))).get(0).tokens());
    }
  }

  @Test
  void anAdapterIsMergedOnceAndTheBaseComesBack(@TempDir Path folder) {
    Random random = new Random(5);
    float[] a = randoms(random, 2 * 48);
    float[] b = randoms(random, 48 * 2);
    new PeftAdapter(Map.of(Q, new LowRankDelta(2, 0.5, a, b))).write(folder.resolve("a"), "base");
    try (LocalModel model = Golden.open("llama-tied")) {
      List<ScoreRequest> requests = List.of(new ScoreRequest("Paris", " in the east"));
      double[] base = model.score(requests).get(0).logProbabilities();
      String digest = model.identity().digest();
      model.useAdapter(folder.resolve("a"));
      double[] adapted = model.score(requests).get(0).logProbabilities();
      assertNotEquals(base[0], adapted[0], 1e-3);
      assertNotEquals(digest, model.identity().digest());
      model.useAdapter(folder.resolve("a"));
      assertArrayEquals(adapted, model.score(requests).get(0).logProbabilities());
      model.useBase();
      assertArrayEquals(base, model.score(requests).get(0).logProbabilities());
      assertEquals(digest, model.identity().digest());
    }
  }

  @Test
  void aTrainedAdapterMakesItsCompletionLikelier(@TempDir Path folder) {
    TrainingSettings settings =
        new TrainingSettings(
            new TrainingMethod.Lora(4, 8, 0, TrainingSettings.ALL_PROJECTIONS),
            1e-2,
            0,
            0.1,
            4,
            2,
            256,
            1,
            0,
            128,
            true,
            0,
            1,
            false);
    List<TrainingExample> examples =
        List.of(
            new TrainingExample("Question: is glass a liquid? Answer:", " no."),
            new TrainingExample("Question: is the sun cold? Answer:", " no."));
    try (LocalModel model = Golden.open("llama-tied")) {
      List<ScoreRequest> requests =
          List.of(new ScoreRequest("Question: is glass a liquid? Answer:", " no."));
      double before = model.score(requests).get(0).logProbability();
      TrainingOutput output = new TrainingOutput(folder.resolve("a"), folder.resolve("c"));
      model.train(examples, settings, output, (step, done) -> {}, Cancellation.NEVER);
      assertEquals(before, model.score(requests).get(0).logProbability());
      model.useAdapter(output.result());
      assertTrue(model.score(requests).get(0).logProbability() > before + 1);
    }
  }

  @Test
  void aFullTrainingOfAnyModelOpensLikeItAndTheBaseComesBack(@TempDir Path folder) {
    TrainingSettings settings =
        new TrainingSettings(
            new TrainingMethod.Full(), 1e-3, 0, 0.1, 4, 2, 256, 1, 0, 128, true, 0, 1, false);
    List<TrainingExample> examples =
        List.of(
            new TrainingExample("Question: is glass a liquid? Answer:", " no."),
            new TrainingExample("Question: is the sun cold? Answer:", " no."));
    List<ScoreRequest> requests =
        List.of(new ScoreRequest("Question: is glass a liquid? Answer:", " no."));
    for (String dtype : List.of("float32", "bfloat16")) {
      for (String name : List.of("llama-tied", "llama-untied")) {
        TrainingOutput output = new TrainingOutput(folder.resolve(dtype + name), folder);
        try (LocalModel model = Golden.open(name, OpenSettings.AUTO.with("cpu", dtype))) {
          double[] before = model.score(requests).get(0).logProbabilities();
          String digest = model.identity().digest();
          model.train(examples, settings, output, (step, done) -> {}, Cancellation.NEVER);
          assertArrayEquals(before, model.score(requests).get(0).logProbabilities());
          model.useModel(output.result());
          double[] after = model.score(requests).get(0).logProbabilities();
          assertTrue(after[0] > before[0] + 0.5, after[0] + " after " + before[0]);
          try (LocalModel opened =
              LocalModel.open(output.result(), OpenSettings.AUTO.with("cpu", dtype))) {
            assertArrayEquals(after, opened.score(requests).get(0).logProbabilities());
          }
          model.useBase();
          assertArrayEquals(before, model.score(requests).get(0).logProbabilities());
          assertEquals(digest, model.identity().digest());
        }
      }
    }
  }

  @Test
  void anAdapterIsNotTrainedOnOtherWeightsThanTheBase(@TempDir Path folder) {
    TrainingSettings full =
        new TrainingSettings(
            new TrainingMethod.Full(), 1e-3, 0, 1, 1, 1, 256, 1, 0, 128, true, 0, 1, false);
    TrainingSettings adapter =
        new TrainingSettings(
            new TrainingMethod.Lora(2, 4, 0, TrainingSettings.ALL_PROJECTIONS),
            1e-3,
            0,
            1,
            1,
            1,
            256,
            1,
            0,
            128,
            true,
            0,
            1,
            false);
    List<TrainingExample> examples = List.of(new TrainingExample("Paris", " is far."));
    TrainingOutput output = new TrainingOutput(folder.resolve("m"), folder.resolve("c"));
    try (LocalModel model = Golden.open("llama-tied")) {
      model.train(examples, full, output, (step, done) -> {}, Cancellation.NEVER);
      model.useModel(output.result());
      UserError error =
          assertThrows(
              UserError.class,
              () -> model.train(examples, adapter, output, (s, d) -> {}, Cancellation.NEVER));
      assertTrue(error.remedy().contains("--model"), error.remedy());
    }
  }

  @Test
  void nothingIsAskedAndNothingComes() {
    try (LocalModel model = Golden.open("llama-tied")) {
      assertEquals(List.of(), model.generate(List.of()));
      assertEquals(List.of(), model.score(List.of()));
    }
  }

  private static float[] randoms(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() / 3;
    }
    return values;
  }

  @Test
  void bfloat16StaysNearFloat32() {
    List<ScoreRequest> requests = List.of(new ScoreRequest("Paris", " in the east"));
    try (LocalModel exact = Golden.open("llama-wide");
        LocalModel brain = Golden.open("llama-wide", OpenSettings.AUTO.with("cpu", "bfloat16"))) {
      double[] expected = exact.score(requests).get(0).logProbabilities();
      assertArrayEquals(expected, brain.score(requests).get(0).logProbabilities(), 0.3);
      assertEquals("bfloat16", brain.identity().dtype());
      assertEquals(8, brain.generate(List.of(Golden.greedy("Paris", 8))).get(0).tokens());
    }
  }

  @Test
  void unknownSettingsNameWhatThereIs() {
    UserError device =
        assertThrows(
            UserError.class,
            () -> Golden.open("llama-tied", OpenSettings.AUTO.with("tpu", "auto")));
    assertTrue(device.remedy().contains("gpu:N"), device.remedy());
    assertThrows(
        UserError.class, () -> Golden.open("llama-tied", OpenSettings.AUTO.with("cpu", "int7")));
  }
}
