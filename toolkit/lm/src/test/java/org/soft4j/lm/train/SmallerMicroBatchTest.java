package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.family.Architecture;

/** A step whose memory runs out goes on in smaller micro-batches to the same parameters. */
class SmallerMicroBatchTest {
  private static final TrainingRecipe.AdamW ADAM =
      new TrainingRecipe.AdamW(0.9, 0.999, 1e-8, 0.01, 1);
  private static final TrainingRecipe.Schedule SCHEDULE =
      new TrainingRecipe.Schedule(1e-2, 0, 1, 3);

  /** Fails after the work is done, hence with gradients added, while a micro-batch is too large. */
  private record Tight(TrainCore core, int fitting, List<Long> tried) implements Gradients {
    @Override
    public double accumulate(MicroBatch micro, long batchLearned, long seed) {
      tried.add(micro.cells());
      double loss = core.accumulate(micro, batchLearned, seed);
      if (micro.cells() > fitting) {
        throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB");
      }
      return loss;
    }

    @Override
    public void add(byte[] gradients) {
      core.add(gradients);
    }

    @Override
    public byte[] parameterBytes() {
      return core.parameterBytes();
    }

    @Override
    public void forget() {
      core.forget();
    }

    @Override
    public double update(TrainingRecipe.AdamW adam, double rate) {
      return core.update(adam, rate);
    }
  }

  private record Outcome(List<Double> losses, List<float[]> parameters, List<Long> tried) {}

  private static Outcome train(int fitting) {
    Architecture shape = TinyLlama.ARCHITECTURE;
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch")) {
      LoraParameters lora =
          new LoraParameters(
              shape, new TrainingMethod.Lora(4, 8, 0, TrainingSettings.ALL_PROJECTIONS));
      TrainWeights weights = TinyLlama.weights(manager, Optional.empty());
      try (TrainCore core =
          new TrainCore(manager, shape, weights, lora.create(manager, 1), 64, 1L << 30)) {
        Tight tight = new Tight(core, fitting, new ArrayList<>());
        StepRunner runner = new StepRunner(tight, ADAM, SCHEDULE, 1000, 0);
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
          TrainingStep done = runner.run(step, 0, TinyLlama.rows(), Cancellation.NEVER);
          losses.add(done.loss());
        }
        return new Outcome(losses, core.parameters(), tight.tried());
      }
    }
  }

  @Test
  void theSplitBatchGivesTheLossesAndParametersOfTheWholeOne() {
    Outcome whole = train(Integer.MAX_VALUE);
    assertEquals(3, whole.tried().size(), "one micro-batch a step");
    int longest = TinyLlama.rows().stream().mapToInt(TokenSequence::length).max().orElseThrow();
    for (int fitting : new int[] {longest, 2 * longest}) {
      Outcome split = train(fitting);
      assertTrue(split.tried().size() > 6, "every step was tried and split: " + split.tried());
      for (int step = 0; step < 3; step++) {
        assertEquals(whole.losses().get(step), split.losses().get(step), 1e-5);
      }
      for (int i = 0; i < whole.parameters().size(); i++) {
        assertArrayEquals(whole.parameters().get(i), split.parameters().get(i), 1e-4f);
      }
    }
  }

  @Test
  void oneExampleThatDoesNotFitIsToldWithItsLength() {
    int longest = TinyLlama.rows().stream().mapToInt(TokenSequence::length).max().orElseThrow();
    UserError error = assertThrows(UserError.class, () -> train(longest - 1));
    assertEquals(
        "Memory does not suffice to train on one example of %s tokens at a time:".formatted(longest)
            + " CUDA out of memory. Tried to allocate 20.00 MiB.",
        error.getMessage());
    assertTrue(error.remedy().contains("training.max_length"), error.remedy());
  }
}
