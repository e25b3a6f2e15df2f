package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.files.TensorValues;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/** All weights of every family: their gradients, and the folder that a training writes. */
@Tag("slow")
class FamilyFullTest {
  // Kept activations, and every layer computed again.
  @ParameterizedTest
  @CsvSource({
    "llama-biases,1000000000",
    "mistral-window,1000000000",
    "qwen2,1000000000",
    "qwen2-window,0",
    "qwen3,1000000000",
    "qwen3,0",
    "gpt2,1000000000",
    "gpt2,0",
    "gpt2-untied,1000000000"
  })
  void gradientsAreThoseOfTransformers(String name, long activationBytes) {
    try (FamilyModel model = new FamilyModel(name);
        TrainCore core = model.full(activationBytes)) {
      assertEquals(model.values.path("fullLoss").asDouble(), model.loss(core), 1e-5);
      List<ModelTensor> order = FullTrainer.order(model.source.architecture());
      assertEquals(order.size(), model.values.path("full").size());
      for (int i = 0; i < order.size(); i++) {
        JsonNode golden = model.values.path("full").path(order.get(i).name());
        float[] seen = core.gradients().get(i);
        double squares = 0;
        double product = 0;
        for (int k = 0; k < seen.length; k++) {
          squares += (double) seen[k] * seen[k];
          product += seen[k] * Math.cos(k);
        }
        double norm = golden.get(0).asDouble();
        assertEquals(norm, Math.sqrt(squares), 1e-5 * norm, order.get(i).name());
        assertEquals(golden.get(1).asDouble(), product, 1e-5 * norm, order.get(i).name());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-biases",
        "llama3-rope",
        "mistral-window",
        "qwen2",
        "qwen3-mixed",
        "gpt2",
        "gpt2-untied"
      })
  void aTrainingOfRateZeroWritesTheModelAsItWas(String name, @TempDir Path folder) {
    Path base = Path.of("src/test/resources/golden").resolve(name);
    TrainingSettings settings =
        new TrainingSettings(
            new TrainingMethod.Full(), 0, 0, 1, 1, 2, 256, 1, 0, 128, true, 1, 1, false);
    TrainingOutput output = new TrainingOutput(folder.resolve("m"), folder.resolve("c"));
    try (LocalModel model =
        LocalModel.open(base, OpenSettings.AUTO.with("cpu", "float32").withThreads(1))) {
      List<TrainingExample> examples = List.of(new TrainingExample("Is it cold?", " no."));
      model.train(examples, settings, output, (step, done) -> {}, Cancellation.NEVER);
    }
    try (ModelSource before = ModelFiles.open(base);
        ModelSource after = ModelFiles.open(output.result())) {
      assertEquals(before.architecture(), after.architecture());
      before
          .architecture()
          .storedShapes()
          .forEach(
              (tensor, shape) -> {
                assertArrayEquals(shape, after.weights().shape(tensor), tensor);
                assertArrayEquals(
                    TensorValues.read(before.weights().read(tensor)),
                    TensorValues.read(after.weights().read(tensor)),
                    tensor);
              });
    }
  }
}
