package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.layer.Dtype;

/** Weights and activations of the layers in 8 bits: {@code --dtype int8}. */
class EightBitTest {
  private static final String ON_X86 = "org.soft4j.lm.local.EightBitTest#onX86";
  private static final String WHY = "int8 needs an x86 processor";

  private static final OpenSettings INT8 = OpenSettings.AUTO.with("cpu", "int8").withThreads(1);
  private static final List<ScoreRequest> REQUESTS =
      List.of(
          new ScoreRequest("The sun rises", " in the east and sets in the west."),
          new ScoreRequest("The sun rises", " over Paris"),
          new ScoreRequest("Who wrote Hamlet?", " William Shakespeare wrote it in 1600."));

  // The oracle knows the weights' rounding and not the activations', to one of 255 steps.
  @ParameterizedTest
  @ValueSource(strings = {"llama-tied", "llama-wide", "llama-biases", "qwen3", "gpt2"})
  @EnabledIf(value = ON_X86, disabledReason = WHY)
  void scoresAreThoseOfADecoderWithRoundedWeights(String name) {
    try (LocalModel model = Golden.open(name, INT8)) {
      assertEquals("int8", model.identity().dtype());
      double[] found = joined(model.score(REQUESTS));
      double[] exact = expected(model, model.source().weights());
      double[] rounded = expected(model, new RoundedRows(model.source().weights()));
      double weights = distance(exact, rounded);
      double activations = distance(found, rounded);
      assertTrue(weights > 0 && activations > 0, "nothing was rounded");
      assertTrue(activations < 1.5 * weights, activations + " beside " + weights);
    }
  }

  // A row of activations has a range of its own: a stranger in the batch changes no score.
  @Test
  @EnabledIf(value = ON_X86, disabledReason = WHY)
  void aTextScoresNearlyTheSameAloneAsAmongOthers() {
    try (LocalModel model = Golden.open("qwen3", INT8)) {
      List<Score> together = model.score(REQUESTS);
      for (int i = 0; i < REQUESTS.size(); i++) {
        double[] alone = model.score(List.of(REQUESTS.get(i))).get(0).logProbabilities();
        assertArrayEquals(alone, together.get(i).logProbabilities(), 0.05);
      }
    }
  }

  @Test
  @EnabledIf(value = ON_X86, disabledReason = WHY)
  void aModelWritesTheSameTextAgain() {
    try (LocalModel model = Golden.open("llama-tied", INT8)) {
      var first = model.generate(List.of(Golden.greedy("The sun rises", 24))).get(0);
      var again = model.generate(List.of(Golden.greedy("The sun rises", 24))).get(0);
      assertEquals(first.text(), again.text());
      assertArrayEquals(first.logProbabilities(), again.logProbabilities());
    }
  }

  @Test
  void aGpuHasNoEightBits() {
    UserError refused = assertThrows(UserError.class, () -> LinearScript.of(Dtype.INT8, true));
    assertTrue(refused.getMessage().contains("on a GPU"), refused::getMessage);
    assertTrue(refused.remedy().contains("--dtype auto"), refused::remedy);
  }

  /** Root of the mean square. */
  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        IntStream.range(0, a.length)
            .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
            .average()
            .orElseThrow());
  }

  private static double[] expected(LocalModel model, WeightSource weights) {
    ReferenceDecoder reference = new ReferenceDecoder(model.source().architecture(), weights);
    List<Double> values = new ArrayList<>();
    for (ScoreRequest request : REQUESTS) {
      ScorePlan plan = new ScoreEncoder(model.source()).plan(0, request);
      double[][] rows = reference.logProbabilities(plan.inputs());
      for (int t = 0; t < plan.targets().length; t++) {
        values.add(rows[plan.start() + t][plan.targets()[t]]);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] joined(List<Score> scores) {
    return scores.stream().flatMapToDouble(s -> Arrays.stream(s.logProbabilities())).toArray();
  }

  static boolean onX86() {
    return LinearScript.of(Dtype.FLOAT32, false) == LinearScript.PACKED;
  }

  /** A model whose layers' matrices hold whole multiples of each row's largest magnitude / 127. */
  private record RoundedRows(WeightSource exact) implements WeightSource {
    @Override
    public Set<String> names() {
      return exact.names();
    }

    @Override
    public long[] shape(String name) {
      return exact.shape(name);
    }

    @Override
    public StoredTensor read(String name) {
      float[] values = TensorValues.read(exact.read(name));
      long[] shape = exact.shape(name);
      boolean layer = name.contains(".layers.") || name.contains(".h.");
      if (!layer || shape.length != 2) {
        return exact.read(name);
      }
      // GPT-2 stores a matrix as [inputs, outputs], others as [outputs, inputs].
      boolean turned = name.contains(".h.");
      int outputs = (int) shape[turned ? 1 : 0];
      int inputs = (int) shape[turned ? 0 : 1];
      for (int o = 0; o < outputs; o++) {
        float largest = 0;
        for (int i = 0; i < inputs; i++) {
          largest = Math.max(largest, Math.abs(values[turned ? i * outputs + o : o * inputs + i]));
        }
        float scale = largest / 127;
        for (int i = 0; i < inputs; i++) {
          int at = turned ? i * outputs + o : o * inputs + i;
          values[at] = (float) Math.rint(values[at] / scale) * scale;
        }
      }
      return TensorValues.store(values, shape, StoredTensor.Type.F32);
    }
  }
}
