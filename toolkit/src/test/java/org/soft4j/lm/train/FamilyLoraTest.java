package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.error.UserError;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.ModelFiles;
import org.soft4j.lm.files.ModelSource;
import org.soft4j.lm.files.ModelTensor;
import org.soft4j.lm.files.ModelTensors;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.local.DecoderWeights;
import org.soft4j.lm.local.DeviceChoice;
import org.soft4j.lm.local.Dtype;

/**
 * Losses and gradients of transformers and peft for every family, made by
 * tools/golden/lora_families.py with every sequence in its own row.
 */
class FamilyLoraTest {
  private static final int LONGEST = 64;

  /** One family's model, opened, with its golden values. */
  private static final class Opened implements AutoCloseable {
    final Path folder;
    final ModelSource source;
    final PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
    final DecoderWeights weights;
    final JsonNode values;
    final Safetensors golden;

    Opened(String name) {
      folder = Path.of("src/test/resources/golden").resolve(name);
      source = ModelFiles.open(folder);
      weights =
          DecoderWeights.load(
              source.weights(),
              source.architecture(),
              Dtype.FLOAT32,
              new DeviceChoice("cpu", "cpu", "test"),
              manager);
      values = JsonFile.read(folder.resolve("lora/golden.json"));
      golden = Safetensors.open(folder.resolve("lora/golden.safetensors"));
    }

    /** The adapter that the gradients are taken at. */
    PeftAdapter start() {
      Map<String, LowRankDelta> deltas = new TreeMap<>();
      for (String half : halves()) {
        String module = half.substring(0, half.lastIndexOf('.'));
        deltas.put(
            module + ".weight",
            new LowRankDelta(
                2,
                3 / 2.0,
                TensorValues.read(golden.read("start." + module + ".lora_A")),
                TensorValues.read(golden.read("start." + module + ".lora_B"))));
      }
      return new PeftAdapter(deltas);
    }

    /** Names of all adapter halves, in the trainer's order. */
    List<String> halves() {
      List<String> halves = new ArrayList<>();
      for (int layer = 0; layer < source.architecture().layers(); layer++) {
        for (ModelTensor tensor : ModelTensors.layer(source.architecture(), layer)) {
          if (LinearSlot.of(tensor.role()).isPresent()) {
            halves.add(tensor.module() + ".lora_A");
            halves.add(tensor.module() + ".lora_B");
          }
        }
      }
      return halves;
    }

    /** The trainer with adapters of rank 2 and alpha 3 on all linear layers. */
    TrainCore core(boolean idle, long activationBytes) {
      List<PtNDArray> parameters = new ArrayList<>();
      for (String half : halves()) {
        float[] start = TensorValues.read(golden.read("start." + half));
        long[] shape = golden.shape("start." + half);
        float[] first = idle ? new float[start.length] : start;
        parameters.add(NativeTensors.parameter(manager, first, shape));
      }
      Architecture shape = source.architecture();
      Learned learned = Learned.adapters(parameters, slots(), 3 / 2.0, 0);
      TrainWeights all = TrainWeights.of(weights, manager);
      return new TrainCore(manager, shape, all, learned, LONGEST, activationBytes);
    }

    private List<Long> slots() {
      List<Long> slots = new ArrayList<>();
      long next = 0;
      for (int layer = 0; layer < source.architecture().layers(); layer++) {
        Long[] mine = new Long[LinearSlot.values().length];
        Arrays.fill(mine, -1L);
        for (ModelTensor tensor : ModelTensors.layer(source.architecture(), layer)) {
          if (LinearSlot.of(tensor.role()).isPresent()) {
            mine[LinearSlot.of(tensor.role()).get().ordinal()] = next++;
          }
        }
        slots.addAll(List.of(mine));
      }
      return slots;
    }

    double loss(TrainCore core) {
      long learned = values.path("learned").asLong();
      return MicroBatch.split(rows(), 1000).stream()
              .mapToDouble(part -> core.accumulate(part, learned, 0))
              .sum()
          / learned;
    }

    private List<TokenSequence> rows() {
      List<TokenSequence> rows = new ArrayList<>();
      for (JsonNode row : values.path("rows")) {
        int length = row.path("ids").size();
        boolean[] learned = new boolean[length];
        Arrays.fill(learned, row.path("prompt").asInt(), length, true);
        rows.add(
            new TokenSequence(
                IntStream.range(0, length).map(i -> row.path("ids").get(i).asInt()).toArray(),
                learned));
      }
      return rows;
    }

    @Override
    public void close() {
      weights.close();
      manager.close();
      source.close();
    }
  }

  // Kept activations, and every layer computed again.
  @ParameterizedTest
  @CsvSource({
    "llama-biases,1000000000",
    "mistral-window,1000000000",
    "qwen2,1000000000",
    "qwen2-window,1000000000",
    "qwen3,1000000000",
    "gpt2,1000000000",
    "gpt2-untied,1000000000",
    "mistral-window,0",
    "qwen2,0",
    "qwen3,0",
    "gpt2,0"
  })
  void gradientsAreThoseOfPeft(String name, long activationBytes) {
    try (Opened model = new Opened(name);
        TrainCore core = model.core(false, activationBytes)) {
      assertEquals(model.values.path("loss").asDouble(), model.loss(core), 1e-5);
      List<String> halves = model.halves();
      for (int i = 0; i < halves.size(); i++) {
        float[] wanted = TensorValues.read(model.golden.read("gradient." + halves.get(i)));
        float[] seen = core.gradients().get(i);
        double largest = 0;
        double difference = 0;
        for (int k = 0; k < wanted.length; k++) {
          largest = Math.max(largest, Math.abs(wanted[k]));
          difference = Math.max(difference, Math.abs(seen[k] - wanted[k]));
        }
        assertTrue(
            difference <= 1e-5 * largest,
            "%s differs by %s of %s".formatted(halves.get(i), difference, largest));
      }
    }
  }

  /** tools/golden/check_adapter.py lets peft load what is written here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-biases",
        "mistral-window",
        "qwen2",
        "qwen2-window",
        "qwen3",
        "gpt2",
        "gpt2-untied"
      })
  void aWrittenAdapterGivesTheLossItWasWrittenAt(String name) {
    try (Opened model = new Opened(name);
        TrainCore core = model.core(true, 1L << 30)) {
      Path folder = Path.of("target/written-adapters").resolve(name);
      model.start().write(folder, name);
      model.weights.merge(PeftAdapter.read(folder));
      assertEquals(model.values.path("loss").asDouble(), model.loss(core), 1e-5);
    }
  }

  @Test
  void modulesOfAnotherFamilyAreRefusedByName() {
    Architecture gpt2;
    try (ModelSource source = ModelFiles.open(Path.of("src/test/resources/golden/gpt2"))) {
      gpt2 = source.architecture();
    }
    UserError error =
        assertThrows(
            UserError.class,
            () -> new LoraParameters(gpt2, new TrainingMethod.Lora(4, 8, 0, List.of("q_proj"))));
    assertEquals(
        "There is no linear layer \"q_proj\" to adapt in a gpt2 model.", error.getMessage());
    assertTrue(error.remedy().contains("c_attn, c_proj, c_fc"), error.remedy());
    // Four linear layers in each of two layers, in the places of query, output, up and down.
    List<Long> slots =
        new LoraParameters(gpt2, new TrainingMethod.Lora(4, 8, 0, List.of("all-linear"))).slots();
    assertEquals(List.of(0L, -1L, -1L, 1L, -1L, 2L, 3L, 4L, -1L, -1L, 5L, -1L, 6L, 7L), slots);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-biases",
        "mistral-window",
        "qwen2",
        "qwen2-window",
        "qwen3",
        "gpt2",
        "gpt2-untied"
      })
  void anAdapterThatPeftSavedGivesItsLoss(String name) {
    try (Opened model = new Opened(name);
        TrainCore core = model.core(true, 1L << 30)) {
      model.weights.merge(PeftAdapter.read(model.folder.resolve("lora/adapter")));
      assertEquals(model.values.path("adapterLoss").asDouble(), model.loss(core), 1e-5);
    }
  }
}
