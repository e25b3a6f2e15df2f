package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.Cancellation;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;

/**
 * A decoder gives the plain weights up for its packed copies. Whoever wants the plain ones
 * afterwards, a training or another adapter, finds them bit for bit as in a model that has packed
 * nothing yet.
 */
class PackedWeightsTest {
  private static final List<ScoreRequest> ASKED =
      List.of(
          new ScoreRequest("<q> what is the color of bilaf ? <a>", " sure , red ."),
          new ScoreRequest("<q> where is the home of gupit ? <a>", " in a cave ."));

  @TempDir Path folder;

  private LocalModel open(String dtype) {
    Path micro = EmbeddedModels.unpack("micro-1", folder.resolve("models"));
    return LocalModel.open(micro, OpenSettings.AUTO.with("cpu", dtype).withThreads(1));
  }

  private static String scores(LocalModel model) {
    return model.score(ASKED).stream().map(s -> Arrays.toString(s.logProbabilities())).toList()
        + "";
  }

  private byte[] trained(LocalModel model, String name) throws IOException {
    List<TrainingExample> examples =
        List.of(new TrainingExample(ASKED.get(0).context(), " it is blue ."));
    TrainingOutput output = new TrainingOutput(folder.resolve(name), folder.resolve(name + ".on"));
    model.train(
        examples, DataParallelTest.settings(0.05), output, (i, step) -> {}, Cancellation.NEVER);
    return Files.readAllBytes(folder.resolve(name).resolve("adapter_model.safetensors"));
  }

  @ParameterizedTest
  @CsvSource({"float32", "bfloat16"})
  void trainingAfterTextsIsTrainingBeforeThem(String dtype) throws IOException {
    byte[] before;
    try (LocalModel model = open(dtype)) {
      before = trained(model, "before");
    }
    try (LocalModel model = open(dtype)) {
      scores(model);
      assertArrayEquals(before, trained(model, "after"));
    }
  }

  @ParameterizedTest
  @CsvSource({"float32", "bfloat16", "int8"})
  void anAdapterIsTheSameWhateverWasPackedBefore(String dtype) throws IOException {
    try (LocalModel model = open("float32")) {
      trained(model, "one");
    }
    String base;
    String one;
    try (LocalModel model = open(dtype)) {
      base = scores(model);
    }
    try (LocalModel model = open(dtype)) {
      model.useAdapter(folder.resolve("one"));
      one = scores(model);
    }
    assertNotEquals(base, one);
    try (LocalModel model = open(dtype)) {
      for (int i = 0; i < 2; i++) {
        assertEquals(base, scores(model), "packed again");
        model.useAdapter(folder.resolve("one"));
        assertEquals(one, scores(model), "with the adapter");
        model.useBase();
      }
    }
  }
}
