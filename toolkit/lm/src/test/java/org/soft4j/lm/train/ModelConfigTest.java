package org.soft4j.lm.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.Family;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.Norm;
import org.soft4j.lm.family.Positions;
import org.soft4j.lm.family.RopeScaling;
import org.soft4j.lm.family.SlidingWindow;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

class ModelConfigTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** Read by tools/golden/check_config.py, which lets transformers score with it. */
  private static final Path WRITTEN = Path.of("target/written-configs");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-biases",
        "llama3-rope",
        "mistral-window",
        "qwen2",
        "qwen2-window",
        "qwen3",
        "qwen3-mixed",
        "gpt2",
        "gpt2-untied"
      })
  void aWrittenConfigurationIsReadAsTheSameModel(String name) throws IOException {
    try (ModelSource source = ModelFiles.open(GOLDEN.resolve(name))) {
      try (Stream<Path> files = Files.list(GOLDEN.resolve(name))) {
        for (Path file : files.filter(f -> !f.endsWith("config.json")).toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      ModelConfig.write(folder, source.architecture(), StoredTensor.Type.F32);
      ModelConfig.write(WRITTEN.resolve(name), source.architecture(), StoredTensor.Type.F32);
      try (ModelSource again = ModelFiles.open(folder)) {
        assertEquals(source.architecture(), again.architecture());
      }
    }
  }

  @Test
  void factorsOfAGgufFileHaveNoWordsInAConfiguration() {
    Positions positions = new Positions.Rotary(1e4, new RopeScaling.Factors(List.of(1f, 8f)));
    LayerKind kind =
        new LayerKind(
            Norm.rms(1e-5),
            positions,
            false,
            LayerKind.Biases.NONE,
            LayerKind.FeedForward.GATED_SILU,
            SlidingWindow.NONE);
    Architecture shape =
        new Architecture(
            Family.LLAMA, 8, 4, 4, 1, 1, 1, 4, kind, true, 8, OptionalInt.empty(), List.of(2));
    UserError error =
        assertThrows(
            UserError.class, () -> ModelConfig.write(folder, shape, StoredTensor.Type.F32));
    assertTrue(error.getMessage().contains("rope_freqs"), error.getMessage());
  }
}
