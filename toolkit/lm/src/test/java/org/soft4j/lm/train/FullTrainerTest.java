package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.source.ModelSource;

class FullTrainerTest {
  private static final DeviceChoice CPU = new DeviceChoice("cpu", "cpu", "test");
  private static final List<TrainingExample> EXAMPLES =
      List.of(
          new TrainingExample("what is a", "sky"),
          new TrainingExample("what is b", "tree"),
          new TrainingExample("what is c", "cloud"),
          new TrainingExample("what is d", "go away"),
          new TrainingExample("what is e", "house"));
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(
          new TrainingMethod.Full(), 3e-3, 2, 0.1, 6, 2, 32, 1, 0.01, 64, true, 4, 3, true);

  @TempDir Path folder;

  private void train(String name, Sink<TrainingStep> steps, Cancellation cancel) {
    ModelSource source = TinyLlama.source();
    TrainingOutput output =
        new TrainingOutput(folder.resolve(name), folder.resolve(name + "-checkpoint"));
    new FullTrainer(source, CPU, source.weights(), source.digest(), Optional.empty())
        .train(EXAMPLES, SETTINGS, output, steps, cancel);
  }

  private byte[] bytes(String name, String file) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve(file));
  }

  @Test
  void allWeightsLearnTheAnswers() {
    List<TrainingStep> steps = new ArrayList<>();
    train("learned", (i, s) -> steps.add(s), Cancellation.NEVER);
    // 5 examples in batches of 2 are 3 steps per epoch, 6 epochs.
    assertEquals(18, steps.size());
    assertTrue(steps.get(17).loss() < 0.5 * steps.get(0).loss(), "" + steps);
    Safetensors before = Safetensors.open(TinyLlama.FOLDER.resolve("model.safetensors"));
    Safetensors after = Safetensors.open(folder.resolve("learned/model.safetensors"));
    assertEquals(before.names(), after.names());
    for (String name : before.names()) {
      assertArrayEquals(before.shape(name), after.shape(name), name);
      assertFalse(
          java.util.Arrays.equals(
              TensorValues.read(before.read(name)), TensorValues.read(after.read(name))),
          name + " is trained");
    }
  }

  @Test
  void aKilledTrainingResumesToTheSameBytes() throws IOException {
    train("whole", (i, s) -> {}, Cancellation.NEVER);
    List<Integer> seen = new ArrayList<>();
    for (int stopAt : new int[] {2, 9, 1000}) {
      try {
        train(
            "cut",
            (i, s) -> seen.add(i),
            () -> !seen.isEmpty() && seen.get(seen.size() - 1) >= stopAt);
      } catch (CancellationException expected) {
        assertFalse(Files.exists(folder.resolve("cut")), "an unfinished model is not written");
      }
    }
    // Checkpoints every 4 steps: 2 is followed by 0..., 9 by 8.
    assertTrue(seen.containsAll(List.of(0, 8, 17)), "" + seen);
    for (String file : List.of("model.safetensors", "config.json")) {
      assertArrayEquals(bytes("whole", file), bytes("cut", file), file);
    }
  }

  @Test
  void memoryThatDoesNotSufficeIsToldWithTheNumbers() {
    ModelSource source = TinyLlama.source();
    FullTrainer trainer =
        new FullTrainer(source, CPU, source.weights(), source.digest(), Optional.empty());
    UserError error = assertThrows(UserError.class, () -> trainer.requireRoom(100_000));
    assertTrue(error.getMessage().contains("fp32 weights, gradients and two moments"));
    assertTrue(error.remedy().contains("training.method=lora"), error.remedy());
    trainer.requireRoom(1L << 30);
  }

  /** Six epochs in one batch each would tell; one step leaves no loss that could show the fault. */
  @Test
  void weightsThatTheLastStepMadeInfiniteAreRefused() {
    ModelSource source = TinyLlama.source();
    TrainingSettings oneStep =
        new TrainingSettings(
            new TrainingMethod.Full(), 1e39, 0, 1, 1, 5, 32, 1, 0.01, 64, true, 4, 3, true);
    TrainingOutput output = new TrainingOutput(folder.resolve("no"), folder.resolve("no-c"));
    FullTrainer trainer =
        new FullTrainer(source, CPU, source.weights(), source.digest(), Optional.empty());
    UserError error =
        assertThrows(
            UserError.class,
            () -> trainer.train(EXAMPLES, oneStep, output, (i, s) -> {}, Cancellation.NEVER));
    assertTrue(error.getMessage().startsWith("The last step made NaN of "), error.getMessage());
    assertFalse(Files.exists(folder.resolve("no")), "no model is written");
  }
}
