package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.Dtype;

/** The fast backward pass against autograd, on adapters and sequences drawn anew in every run. */
@Tag("slow")
class HandWrittenBackwardTest {
  private static final long KEEP = 1L << 30;
  private static final long RECOMPUTE = 0;
  private static final int LONGEST = 300;

  private record Passed(double loss, List<float[]> gradients) {}

  /** Up to five short sequences and one of several blocks of queries. */
  private static List<TokenSequence> sequences(Random random) {
    List<TokenSequence> sequences = new ArrayList<>();
    for (int n = random.nextInt(6); n >= 0; n--) {
      int length = n == 0 ? 100 + random.nextInt(200) : 4 + random.nextInt(40);
      int[] ids = random.ints(length, 0, 40).toArray();
      boolean[] learned = new boolean[ids.length];
      for (int i = 1 + random.nextInt(3); i < ids.length; i++) {
        learned[i] = true;
      }
      sequences.add(new TokenSequence(ids, learned));
    }
    return sequences;
  }

  private static Passed pass(
      Dtype dtype, TrainingMethod.Lora method, long seed, long activationBytes, boolean byHand) {
    Random random = new Random(seed);
    try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
        DecoderWeights weights = TinyLlama.masters(manager, dtype)) {
      LoraParameters lora = new LoraParameters(TinyLlama.ARCHITECTURE, method);
      List<PtNDArray> parameters = new ArrayList<>();
      for (PtNDArray start : lora.create(manager, seed).parameters()) {
        float[] values = new float[(int) start.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (0.1 * random.nextGaussian());
        }
        parameters.add(NativeTensors.parameter(manager, values, start.getShape().getShape()));
      }
      Learned learned = Learned.adapters(parameters, lora.slots(), lora.scale(), method.dropout());
      MicroBatch micro = MicroBatch.pack(sequences(random));
      try (TrainCore core =
          new TrainCore(
              manager,
              TinyLlama.ARCHITECTURE,
              TrainWeights.of(weights, manager),
              learned,
              LONGEST,
              activationBytes)) {
        double loss =
            byHand ? core.accumulate(micro, 50, 77) : core.accumulateByAutograd(micro, 50, 77);
        return new Passed(loss, core.gradients());
      }
    }
  }

  private static void compare(Passed seen, Passed wanted, double tolerance, String drawn) {
    assertEquals(1, seen.loss() / wanted.loss(), tolerance, drawn);
    for (int i = 0; i < wanted.gradients().size(); i++) {
      float[] w = wanted.gradients().get(i);
      float[] s = seen.gradients().get(i);
      double difference = 0;
      double size = 0;
      for (int k = 0; k < w.length; k++) {
        difference += (s[k] - w[k]) * (double) (s[k] - w[k]);
        size += w[k] * (double) w[k];
      }
      assertTrue(
          difference <= tolerance * tolerance * size,
          "parameter %s: %s of %s, %s".formatted(i, difference, size, drawn));
    }
  }

  @Test
  void inFloat32TheGradientsAreAutogradsToRounding() {
    for (int draw = 0; draw < 5; draw++) {
      long seed = new Random().nextLong();
      // A part of the projections, so that shared rows have gaps.
      List<String> some = new ArrayList<>(TrainingSettings.ALL_PROJECTIONS);
      some.remove((int) Math.floorMod(seed, 7L));
      for (List<String> modules : List.of(TrainingSettings.ALL_PROJECTIONS, some)) {
        TrainingMethod.Lora method = new TrainingMethod.Lora(3, 5, 0, modules);
        Passed wanted = pass(Dtype.FLOAT32, method, seed, KEEP, false);
        String drawn = "seed " + seed + " " + modules;
        compare(pass(Dtype.FLOAT32, method, seed, KEEP, true), wanted, 1e-5, drawn);
        compare(pass(Dtype.FLOAT32, method, seed, RECOMPUTE, true), wanted, 1e-5, drawn);
      }
    }
  }

  @Test
  void onABfloat16BaseTheyDifferByItsRounding() {
    TrainingMethod.Lora method = new TrainingMethod.Lora(3, 5, 0, TrainingSettings.ALL_PROJECTIONS);
    long seed = new Random().nextLong();
    Passed wanted = pass(Dtype.BFLOAT16, method, seed, KEEP, false);
    // 8 bits of mantissa round by 2^-9 = 0.002 at each of some dozen places.
    compare(pass(Dtype.BFLOAT16, method, seed, KEEP, true), wanted, 0.05, "seed " + seed);
  }

  @Test
  void whatIsKeptOrRecomputedMakesNoDifferenceAtAll() {
    long seed = new Random().nextLong();
    for (double dropout : new double[] {0, 0.3}) {
      TrainingMethod.Lora method =
          new TrainingMethod.Lora(3, 5, dropout, TrainingSettings.ALL_PROJECTIONS);
      Passed kept = pass(Dtype.FLOAT32, method, seed, KEEP, true);
      Passed recomputed = pass(Dtype.FLOAT32, method, seed, RECOMPUTE, true);
      assertEquals(kept.loss(), recomputed.loss(), "seed " + seed);
      if (dropout == 0) {
        for (int i = 0; i < kept.gradients().size(); i++) {
          assertArrayEquals(kept.gradients().get(i), recomputed.gradients().get(i));
        }
      } else {
        compare(recomputed, kept, 1e-5, "what is dropped is drawn twice alike, seed " + seed);
      }
    }
  }

  @Test
  void dropoutChangesTheLossAndItsMeanIsNearThatWithout() {
    long seed = 11;
    TrainingMethod.Lora none = new TrainingMethod.Lora(3, 5, 0, TrainingSettings.ALL_PROJECTIONS);
    TrainingMethod.Lora some = new TrainingMethod.Lora(3, 5, 0.2, TrainingSettings.ALL_PROJECTIONS);
    double plain = pass(Dtype.FLOAT32, none, seed, KEEP, true).loss();
    double dropped = pass(Dtype.FLOAT32, some, seed, KEEP, true).loss();
    assertTrue(Math.abs(dropped / plain - 1) > 1e-4, dropped + " and " + plain);
    assertTrue(Math.abs(dropped / plain - 1) < 0.2, dropped + " and " + plain);
  }
}
