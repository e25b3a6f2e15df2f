package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.files.TensorValues;

/**
 * Values of transformers and peft, made by tools/golden/lora.py with every sequence in its own row.
 */
class GoldenLoraTest {
  private static final TrainingRecipe.AdamW ADAM =
      new TrainingRecipe.AdamW(0.9, 0.999, 1e-8, 0.01, 0.25);
  private static final int ALL_IN_ONE = 1000;

  private PtNDManager manager;

  @BeforeEach
  void open() {
    manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Names such as model.layers.0.self_attn.q_proj.lora_A, in the trainer's order. */
  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < 2; layer++) {
      for (String module : TrainingSettings.ALL_PROJECTIONS) {
        String block = module.matches("gate_proj|up_proj|down_proj") ? "mlp" : "self_attn";
        for (String half : List.of("lora_A", "lora_B")) {
          names.add("model.layers.%s.%s.%s.%s".formatted(layer, block, module, half));
        }
      }
    }
    return names;
  }

  private static float[] golden(String kind, String name) {
    return TensorValues.read(TinyLlama.GOLDEN.read(kind + "." + name));
  }

  private TrainCore core(long activationBytes) {
    List<PtNDArray> parameters = new ArrayList<>();
    for (String name : names()) {
      long[] shape = TinyLlama.GOLDEN.shape("start." + name);
      parameters.add(NativeTensors.parameter(manager, golden("start", name), shape));
    }
    return core(Optional.empty(), parameters, activationBytes);
  }

  private TrainCore core(
      Optional<PeftAdapter> merged, List<PtNDArray> parameters, long activationBytes) {
    TrainWeights weights = TinyLlama.weights(manager, merged);
    List<Long> slots = LongStream.range(0, 14).boxed().toList();
    Learned learned = Learned.adapters(parameters, slots, 5 / 3.0, 0);
    return new TrainCore(manager, TinyLlama.ARCHITECTURE, weights, learned, 64, activationBytes);
  }

  private static double accumulate(TrainCore core, int tokens) {
    List<MicroBatch> parts = MicroBatch.split(TinyLlama.rows(), tokens);
    long learned = TinyLlama.VALUES.path("learned").asLong();
    return parts.stream().mapToDouble(p -> core.accumulate(p, learned, 0)).sum() / learned;
  }

  /** Largest difference of two tensors as a share of the second's largest value. */
  private static double difference(float[] seen, float[] wanted) {
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference = Math.max(difference, Math.abs(seen[i] - wanted[i]));
      largest = Math.max(largest, Math.abs(wanted[i]));
    }
    return difference / largest;
  }

  private void checkGradients(long activationBytes, int tokensPerMicroBatch) {
    try (TrainCore core = core(activationBytes)) {
      double loss = accumulate(core, tokensPerMicroBatch);
      assertEquals(TinyLlama.VALUES.path("losses").get(0).asDouble(), loss, 1e-5);
      for (int i = 0; i < names().size(); i++) {
        String name = names().get(i);
        double difference = difference(core.gradients().get(i), golden("gradient", name));
        assertTrue(difference < 1e-5, name + " differs by " + difference);
      }
    }
  }

  @Test
  void packedRowsGiveTheGradientsOfSeparateRows() {
    checkGradients(TrainCore.ACTIVATION_BYTES, ALL_IN_ONE);
  }

  @Test
  void accumulatedMicroBatchesGiveTheGradientsOfTheWholeBatch() {
    assertEquals(3, MicroBatch.split(TinyLlama.rows(), 24).size());
    checkGradients(TrainCore.ACTIVATION_BYTES, 24);
  }

  @Test
  void recomputedLayersGiveTheSameGradients() {
    checkGradients(0, ALL_IN_ONE);
  }

  @Test
  void threeClippedStepsOfAdamWReachTheSameParameters() {
    try (TrainCore core = core(TrainCore.ACTIVATION_BYTES)) {
      StepRunner runner =
          new StepRunner(core, ADAM, new TrainingRecipe.Schedule(1e-4, 0, 1, 3), ALL_IN_ONE, 0);
      for (int step = 0; step < 3; step++) {
        TrainingStep done = runner.run(step, 0, TinyLlama.rows(), Cancellation.NEVER);
        assertEquals(TinyLlama.VALUES.path("losses").get(step).asDouble(), done.loss(), 1e-5);
        assertEquals(
            TinyLlama.VALUES.path("norms").get(step).asDouble(), done.gradientNorm(), 1e-5);
        assertTrue(done.gradientNorm() > ADAM.clipNorm(), "clipping is active");
      }
      int near = 0;
      int all = 0;
      for (int i = 0; i < names().size(); i++) {
        float[] wanted = golden("after", names().get(i));
        float[] seen = core.parameters().get(i);
        for (int k = 0; k < wanted.length; k++) {
          near += Math.abs(seen[k] - wanted[k]) <= 1e-6 ? 1 : 0;
          all++;
        }
      }
      assertTrue(near >= 0.999 * all, "%s of %s parameters are near".formatted(near, all));
    }
  }

  @Test
  void anAdapterThatPeftSavedGivesItsLoss() {
    // Rank-stabilised scaling, a rank pattern and an alpha pattern, as peft applies them.
    assertEquals(TinyLlama.VALUES.path("adapterLoss").asDouble(), lossWith("adapter"), 1e-5);
  }

  @Test
  void anAdapterOfTwoRoundsGivesTheLossThatPeftFindsWithIt() {
    // The folder was written by LoraTrainer: rank 4 on q and down, then rank 3 on q, v and up.
    // tools/golden/check_adapter.py printed
    // peft 0.21.2: 16 tensors, scaling {1.0} loss 4.134226764402082
    assertEquals(4.134226764402082, lossWith("trained"), 1e-5);
  }

  private double lossWith(String folder) {
    PeftAdapter adapter = PeftAdapter.read(TinyLlama.FOLDER.resolve(folder));
    adapter.check(TinyLlama.ARCHITECTURE);
    List<PtNDArray> idle = new ArrayList<>();
    for (String name : names()) {
      long[] shape = TinyLlama.GOLDEN.shape("start." + name);
      idle.add(NativeTensors.parameter(manager, new float[(int) (shape[0] * shape[1])], shape));
    }
    try (TrainCore core = core(Optional.of(adapter), idle, TrainCore.ACTIVATION_BYTES)) {
      return accumulate(core, ALL_IN_ONE);
    }
  }
}
