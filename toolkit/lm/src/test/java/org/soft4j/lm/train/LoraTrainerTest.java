package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.layer.Dtype;

class LoraTrainerTest {
  private static final String Q0 = "model.layers.0.self_attn.q_proj.weight";

  private static final List<TrainingExample> EXAMPLES =
      List.of(
          new TrainingExample("what is a", "sky"),
          new TrainingExample("what is b", "tree"),
          new TrainingExample("what is c", "cloud"),
          new TrainingExample("what is d", "go away"),
          new TrainingExample("what is e", "house"));

  @TempDir Path folder;

  private static TrainingSettings settings(double rate, int maxLength, boolean stop, long seed) {
    return new TrainingSettings(
        new TrainingMethod.Lora(4, 8, 0, List.of("q_proj", "down_proj")),
        rate,
        2,
        0.1,
        10,
        2,
        32,
        1,
        0.01,
        maxLength,
        stop,
        4,
        seed,
        false);
  }

  private static final TrainingSettings USUAL = settings(2e-2, 64, true, 3);

  private static TrainingSettings dropping(double share) {
    return new TrainingSettings(
        new TrainingMethod.Lora(4, 8, share, List.of("q_proj", "down_proj")),
        USUAL.learningRate(),
        USUAL.warmupSteps(),
        USUAL.finalLearningRateShare(),
        USUAL.epochs(),
        USUAL.batchSize(),
        USUAL.tokensPerMicroBatch(),
        USUAL.clipNorm(),
        USUAL.weightDecay(),
        USUAL.maxLength(),
        USUAL.appendStopToken(),
        USUAL.checkpointEvery(),
        USUAL.seed(),
        USUAL.shuffle());
  }

  private TrainingOutput output(String name) {
    return new TrainingOutput(folder.resolve(name), folder.resolve(name + "-checkpoint"));
  }

  private void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      String name,
      Optional<Path> current,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        DecoderWeights weights =
            DecoderWeights.load(
                TinyLlama.source().weights(),
                TinyLlama.ARCHITECTURE,
                Dtype.FLOAT32,
                new DeviceChoice("cpu", "cpu", "test"),
                manager)) {
      new LoraTrainer(TinyLlama.source(), weights, current)
          .train(examples, settings, output(name), steps, cancel);
    }
  }

  private List<TrainingStep> train(TrainingSettings settings, String name) {
    List<TrainingStep> steps = new ArrayList<>();
    train(EXAMPLES, settings, name, Optional.empty(), (i, s) -> steps.add(s), Cancellation.NEVER);
    return steps;
  }

  private UserError refused(List<TrainingExample> examples, TrainingSettings settings) {
    UserError error =
        assertThrows(
            UserError.class,
            () -> train(examples, settings, "no", Optional.empty(), (i, s) -> {}, () -> false));
    assertFalse(Files.exists(folder.resolve("no")), "nothing is written");
    return error;
  }

  private byte[] bytes(String name, String file) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve(file));
  }

  @Test
  void fiveAnswersAreLearned() {
    List<TrainingStep> steps = train(USUAL, "learned");
    // 5 examples in batches of 2 are 3 steps per epoch, 10 epochs.
    assertEquals(30, steps.size());
    assertEquals(9, steps.get(29).epoch());
    // "sky" and "tree" with their stop tokens: 4 + 5 learned tokens.
    assertEquals(9, steps.get(0).learnedTokens());
    assertEquals(1e-2, steps.get(0).learningRate(), 1e-12, "half of the peak, warm-up is 2 steps");
    assertTrue(steps.get(28).loss() < 0.5 * steps.get(0).loss(), "" + steps);
  }

  @Test
  void aKilledTrainingResumesToTheSameBytes() throws IOException {
    for (boolean shuffle : new boolean[] {false, true}) {
      // What is dropped must be the same too, in the steps that are done again.
      TrainingSettings settings = (shuffle ? dropping(0.3) : USUAL).withShuffle(shuffle);
      train(settings, "whole" + shuffle);
      String cut = "cut" + shuffle;
      List<Integer> seen = new ArrayList<>();
      for (int stopAt : new int[] {3, 9, 21, 1000}) {
        try {
          train(
              EXAMPLES,
              settings,
              cut,
              Optional.empty(),
              (i, s) -> seen.add(i),
              () -> !seen.isEmpty() && seen.get(seen.size() - 1) >= stopAt);
        } catch (CancellationException expected) {
          assertFalse(Files.exists(folder.resolve(cut)), "an unfinished adapter is not written");
        }
      }
      // Checkpoints every 4 steps: 3 is followed by 0..., 9 by 8, 21 by 20.
      assertTrue(seen.containsAll(List.of(0, 8, 20, 29)), "" + seen);
      for (String file : List.of(PeftAdapter.WEIGHTS, PeftAdapter.CONFIG)) {
        assertArrayEquals(bytes("whole" + shuffle, file), bytes(cut, file));
      }
    }
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefusedByName() {
    train(USUAL, "a");
    TrainingSettings other = settings(1e-2, 64, true, 3);
    UserError error = assertThrows(UserError.class, () -> train(other, "a"));
    assertTrue(
        error.getMessage().contains("learningRate was 0.02 and is 0.01"), error.getMessage());
  }

  @Test
  void theNextRoundIsStackedOnThePreviousExactly() {
    train(USUAL, "one");
    train(
        EXAMPLES,
        settings(1e-2, 64, true, 4),
        "two",
        Optional.of(folder.resolve("one")),
        (i, s) -> {},
        Cancellation.NEVER);
    LowRankDelta one = PeftAdapter.read(folder.resolve("one")).deltas().get(Q0);
    LowRankDelta two = PeftAdapter.read(folder.resolve("two")).deltas().get(Q0);
    assertEquals(1, one.scale());
    assertEquals(1, two.scale());
    assertEquals(8, two.rank(), "rank 4 on rank 4");
    assertArrayEquals(one.a(), Arrays.copyOf(two.a(), one.a().length));
    for (int row = 0; row < one.outputs(); row++) {
      assertArrayEquals(
          Arrays.copyOfRange(one.b(), 4 * row, 4 * row + 4),
          Arrays.copyOfRange(two.b(), 8 * row, 8 * row + 4));
    }
  }

  @Test
  void aLossThatIsNoNumberIsTheLearningRatesFault() {
    UserError error = refused(EXAMPLES, settings(1e30, 64, true, 3));
    assertTrue(error.getMessage().contains("learning rate 1.0E30 is too high"), error.getMessage());
  }

  /** Five examples in one batch are one step: no loss comes after it that could show the fault. */
  @Test
  void weightsThatTheLastStepMadeInfiniteAreRefused() {
    UserError error = refused(EXAMPLES, oneStep(1e39));
    assertTrue(error.getMessage().startsWith("The last step made "), error.getMessage());
    assertTrue(error.getMessage().endsWith("the learning rate is too high for this model."));
    assertFalse(Files.exists(folder.resolve("no")), "no adapter is written");
  }

  private static TrainingSettings oneStep(double rate) {
    return new TrainingSettings(
        USUAL.method(),
        rate,
        0,
        1,
        1,
        EXAMPLES.size(),
        USUAL.tokensPerMicroBatch(),
        USUAL.clipNorm(),
        USUAL.weightDecay(),
        USUAL.maxLength(),
        USUAL.appendStopToken(),
        USUAL.checkpointEvery(),
        USUAL.seed(),
        USUAL.shuffle());
  }

  @Test
  void aTrainingWithoutAStopTokenIsRefused() {
    UserError error = refused(EXAMPLES, settings(1e-2, 64, false, 3));
    assertTrue(error.getMessage().contains("No stop token ([2])"), error.getMessage());
    // A completion that ends with the stop token itself is fine, and gets no second one.
    List<TrainingStep> steps = new ArrayList<>();
    train(
        List.of(new TrainingExample("a", "b.")),
        settings(1e-2, 64, true, 3),
        "own",
        Optional.empty(),
        (i, s) -> steps.add(s),
        Cancellation.NEVER);
    assertEquals(2, steps.get(0).learnedTokens());
  }

  @Test
  void examplesWithNothingToLearnAreCountedAndNamed() {
    List<TrainingExample> examples = new ArrayList<>(EXAMPLES);
    examples.add(1, new TrainingExample("a prompt longer than twelve tokens", "x"));
    UserError error = refused(examples, settings(1e-2, 12, true, 3));
    assertTrue(
        error.getMessage().startsWith("1 of 6 examples have no completion left within 12 tokens"),
        error.getMessage());
    assertTrue(error.getMessage().contains("number 2"), error.getMessage());
    assertTrue(refused(List.of(), USUAL).getMessage().contains("no examples"));
  }
}
