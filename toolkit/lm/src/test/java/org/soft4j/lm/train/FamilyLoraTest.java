package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/**
 * Losses and gradients of transformers and peft for every family, made by
 * tools/golden/lora_families.py with every sequence in its own row.
 */
@Tag("slow")
class FamilyLoraTest {
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
    try (FamilyModel model = new FamilyModel(name);
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
    try (FamilyModel model = new FamilyModel(name);
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
    try (FamilyModel model = new FamilyModel(name);
        TrainCore core = model.core(true, 1L << 30)) {
      model.weights.merge(PeftAdapter.read(model.folder.resolve("lora/adapter")));
      assertEquals(model.values.path("adapterLoss").asDouble(), model.loss(core), 1e-5);
    }
  }
}
