package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.layer.DecoderWeights;

/** Values of transformers for all weights, made by tools/golden/full.py. */
class GoldenFullTest {
  private static final TrainingRecipe.AdamW ADAM =
      new TrainingRecipe.AdamW(0.9, 0.999, 1e-8, 0.01, 0.25);
  private static final Safetensors GOLDEN =
      Safetensors.open(TinyLlama.FOLDER.resolve("full.safetensors"));
  private static final JsonNode VALUES = JsonFile.read(TinyLlama.FOLDER.resolve("full.json"));
  private static final long KEEP = 1L << 30;
  private static final long RECOMPUTE = 0;

  private PtNDManager manager;

  @BeforeEach
  void open() {
    manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private TrainCore core(long activationBytes) {
    DecoderWeights masters = TinyLlama.masters(manager);
    return new TrainCore(
        manager,
        TinyLlama.ARCHITECTURE,
        TrainWeights.of(masters, manager),
        FullTrainer.learned(masters),
        64,
        activationBytes);
  }

  private static float[] golden(String kind, String name) {
    return TensorValues.read(GOLDEN.read(kind + "." + name));
  }

  private static double difference(float[] seen, float[] wanted) {
    assertEquals(wanted.length, seen.length);
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference = Math.max(difference, Math.abs(seen[i] - wanted[i]));
      largest = Math.max(largest, Math.abs(wanted[i]));
    }
    return difference / largest;
  }

  private void checkGradients(long activationBytes, int tokensPerMicroBatch) {
    long learned = TinyLlama.rows().stream().mapToLong(TokenSequence::learnedTokens).sum();
    try (TrainCore core = core(activationBytes)) {
      double loss = 0;
      for (MicroBatch micro : MicroBatch.split(TinyLlama.rows(), tokensPerMicroBatch)) {
        loss += core.accumulate(micro, learned, 0) / learned;
      }
      assertEquals(VALUES.path("losses").get(0).asDouble(), loss, 1e-5);
      List<ModelTensor> order = FullTrainer.order(TinyLlama.ARCHITECTURE);
      for (int i = 0; i < order.size(); i++) {
        String name = order.get(i).name();
        double difference = difference(core.gradients().get(i), golden("gradient", name));
        assertTrue(difference < 1e-5, name + " differs by " + difference);
      }
    }
  }

  @Test
  void allGradientsAreThoseOfTransformers() {
    checkGradients(KEEP, 1000);
  }

  @Test
  void accumulatedMicroBatchesGiveTheGradientsOfTheWholeBatch() {
    assertEquals(3, MicroBatch.split(TinyLlama.rows(), 24).size());
    checkGradients(KEEP, 24);
  }

  @Test
  void recomputedLayersGiveTheSameGradients() {
    checkGradients(RECOMPUTE, 1000);
    checkGradients(RECOMPUTE, 24);
  }

  @Test
  void threeClippedStepsOfAdamWReachTheSameWeights() {
    try (TrainCore core = core(KEEP)) {
      StepRunner runner =
          new StepRunner(core, ADAM, new TrainingRecipe.Schedule(1e-4, 0, 1, 3), 1000, 0);
      for (int step = 0; step < 3; step++) {
        TrainingStep done = runner.run(step, 0, TinyLlama.rows(), Cancellation.NEVER);
        assertEquals(VALUES.path("losses").get(step).asDouble(), done.loss(), 1e-5);
        assertEquals(VALUES.path("norms").get(step).asDouble(), done.gradientNorm(), 1e-4);
        assertTrue(done.gradientNorm() > ADAM.clipNorm(), "clipping is active");
      }
      List<ModelTensor> order = FullTrainer.order(TinyLlama.ARCHITECTURE);
      long near = 0;
      long all = 0;
      for (int i = 0; i < order.size(); i++) {
        float[] wanted = golden("after", order.get(i).name());
        float[] seen = core.parameters().get(i);
        for (int k = 0; k < wanted.length; k++) {
          near += Math.abs(seen[k] - wanted[k]) <= 1e-6 ? 1 : 0;
          all++;
        }
      }
      assertTrue(near >= 0.999 * all, "%s of %s weights are near".formatted(near, all));
    }
  }

  @Test
  void aFolderThatWasWrittenHereGivesTheLossThatTransformersFindsWithIt() {
    // The folder was written by FullTrainer, begun with the adapter "trained" merged.
    // tools/golden/check_model.py printed
    // transformers 5.23.0: LlamaForCausalLM torch.float32, missing [] unexpected [] loss
    // 4.419693054691438
    Safetensors written = Safetensors.open(TinyLlama.FOLDER.resolve("full/model.safetensors"));
    DecoderWeights weights = TinyLlama.masters(manager);
    weights.replace(written);
    long learned = TinyLlama.rows().stream().mapToLong(TokenSequence::learnedTokens).sum();
    try (TrainCore core =
        new TrainCore(
            manager,
            TinyLlama.ARCHITECTURE,
            TrainWeights.of(weights, manager),
            FullTrainer.learned(weights),
            64,
            KEEP)) {
      double loss = core.accumulate(MicroBatch.pack(TinyLlama.rows()), learned, 0) / learned;
      assertEquals(4.419693054691438, loss, 1e-5);
    }
  }
}
