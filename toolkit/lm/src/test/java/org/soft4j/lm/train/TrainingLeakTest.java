package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.layer.Dtype;

@Tag("slow")
class TrainingLeakTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Resident memory in KiB. */
  private static long resident() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Prompts and answers of many lengths, so that every step has other shapes. */
  private static List<TrainingExample> examples() {
    Random random = new Random(5);
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      examples.add(
          new TrainingExample(
              "q".repeat(1 + random.nextInt(20)), "a".repeat(1 + random.nextInt(30))));
    }
    return examples;
  }

  @Test
  void fiveHundredStepsLeaveMemoryFlat(@TempDir Path folder) throws IOException {
    assumeTrue(Files.exists(STATUS), "resident memory is read from /proc, which is not here");
    // 10 epochs of 200 examples, 4 a step, in micro-batches of 64 tokens; a checkpoint every 20.
    TrainingSettings settings =
        new TrainingSettings(
            new TrainingMethod.Lora(64, 8, 0, TrainingSettings.ALL_PROJECTIONS),
            1e-3,
            2,
            0.1,
            10,
            4,
            64,
            1,
            0,
            64,
            true,
            20,
            1,
            false);
    List<Long> memory = new ArrayList<>();
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        DecoderWeights weights =
            DecoderWeights.load(
                TinyLlama.source().weights(),
                TinyLlama.ARCHITECTURE,
                Dtype.FLOAT32,
                new DeviceChoice("cpu", "cpu", "test"),
                manager)) {
      new LoraTrainer(TinyLlama.source(), weights, Optional.empty())
          .train(
              examples(),
              settings,
              new TrainingOutput(folder.resolve("a"), folder.resolve("c")),
              (step, done) -> memory.add(step % 50 == 0 ? measured() : 0L),
              Cancellation.NEVER);
    }
    // The first 150 steps fill the heaps of Java and libtorch. One set of leaked gradients (28
    // parameters of 8 or 12 KiB) per step would be 80 MiB over the other 300.
    long grown = memory.get(450) - memory.get(150);
    assertTrue(
        grown < 24 * 1024,
        "resident memory grew by %s KiB: %s"
            .formatted(grown, memory.stream().filter(m -> m > 0).toList()));
  }

  private static long measured() {
    System.gc();
    try {
      return resident();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
