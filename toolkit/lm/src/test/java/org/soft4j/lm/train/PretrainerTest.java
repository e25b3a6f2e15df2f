package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.StoppedWork;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.layer.Dtype;

class PretrainerTest {
  private static final Architecture TINY =
      new Architecture(
          ModelFamilies.LLAMA,
          12,
          16,
          24,
          2,
          2,
          1,
          8,
          LayerKind.llama(1e-5, 1e4),
          true,
          16,
          OptionalInt.of(1),
          List.of(4));

  private static final PretrainSettings SETTINGS =
      new PretrainSettings(
          60, 1e-2, 5, 0.05, 0.9, 0.98, 0.01, 1, 0.03, 64, StoredTensor.Type.BF16, 7);

  /** Sequences that repeat one of four symbols; only the repetitions are learned. */
  private static List<TokenSequence> copies(int step) {
    Random random = new Random(step);
    List<TokenSequence> batch = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int symbol = 5 + random.nextInt(4);
      batch.add(
          new TokenSequence(
              new int[] {1, symbol, symbol, 4}, new boolean[] {false, false, true, true}));
    }
    return batch;
  }

  @Test
  void learnsToCopyAndWritesTheSameBytesTwice(@TempDir Path folder) throws Exception {
    List<Double> losses = new ArrayList<>();
    for (String run : List.of("a", "b")) {
      losses.clear();
      Pretrainer.run(
          TINY,
          SETTINGS,
          PretrainerTest::copies,
          "copies",
          folder.resolve(run),
          () -> {},
          (i, s) -> losses.add(s.loss()),
          Cancellation.NEVER);
    }
    assertEquals(Math.log(12), losses.get(0), 0.25, "small first weights guess among 12 tokens");
    assertTrue(losses.get(59) < 0.2, "copying and stopping are certain, losses " + losses);
    for (String file : List.of("config.json", "model.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(file)),
          Files.readAllBytes(folder.resolve("b").resolve(file)));
    }
    Safetensors weights = Safetensors.open(folder.resolve("a/model.safetensors"));
    assertArrayEquals(new long[] {24, 16}, weights.shape("model.layers.1.mlp.gate_proj.weight"));
    assertEquals(2 + 2 * 9, weights.names().size());
  }

  /** A stop leaves a checkpoint of its own, besides those at every fiftieth step. */
  @Test
  void aStoppedTrainingEndsWithTheSameBytes(@TempDir Path folder) throws Exception {
    List<Integer> heard = new ArrayList<>();
    for (int stop : List.of(7, 55, 60)) {
      try {
        run(folder.resolve("stopped"), heard, () -> heard.size() == stop);
      } catch (StoppedWork stopped) {
        assertTrue(
            stopped.getMessage().startsWith(stop + " of 60 steps are kept in "), stopped::toString);
        assertTrue(Files.exists(folder.resolve("stopped/pretraining/training.safetensors")));
      }
    }
    assertEquals(IntStream.range(0, 60).boxed().toList(), heard, "no step is done twice");
    run(folder.resolve("whole"), heard, Cancellation.NEVER);
    assertEquals(
        -1,
        Files.mismatch(
            folder.resolve("whole/model.safetensors"),
            folder.resolve("stopped/model.safetensors")));
    assertFalse(Files.exists(folder.resolve("stopped/checkpoint")), "nobody goes on from it");
  }

  private static void run(Path folder, List<Integer> heard, Cancellation cancel) {
    Pretrainer.run(
        TINY,
        SETTINGS,
        PretrainerTest::copies,
        "copies",
        folder,
        () -> {},
        (i, step) -> heard.add(i),
        cancel);
  }

  @Test
  void aModelOfAnotherFamilyIsWrittenAsItWasTrained(@TempDir Path folder) {
    Architecture gpt2 =
        new Architecture(
            ModelFamilies.of("gpt2").orElseThrow(),
            12,
            16,
            24,
            2,
            2,
            2,
            8,
            LayerKind.gpt2(1e-5),
            true,
            16,
            OptionalInt.of(1),
            List.of(4));
    Pretrainer.run(
        gpt2,
        SETTINGS,
        PretrainerTest::copies,
        "copies",
        folder,
        () -> {},
        (i, step) -> {},
        Cancellation.NEVER);
    Safetensors file = Safetensors.open(folder.resolve("model.safetensors"));
    assertArrayEquals(new long[] {16, 48}, file.shape("transformer.h.1.attn.c_attn.weight"));
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        DecoderWeights read =
            DecoderWeights.load(
                file, gpt2, Dtype.FLOAT32, new DeviceChoice("cpu", "cpu", "test"), manager);
        TrainCore core =
            new TrainCore(
                manager,
                gpt2,
                TrainWeights.of(read, manager),
                FullTrainer.learned(read),
                16,
                TrainCore.ACTIVATION_BYTES)) {
      double loss = core.accumulate(MicroBatch.pack(copies(1000)), 16, 0) / 16;
      assertTrue(loss < 0.2, "it copies as it did when it was written, loss " + loss);
    }
  }
}
