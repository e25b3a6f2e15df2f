package org.soft4j.lm.family;

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
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/** What a configuration says is read again as the same model. */
class WrittenConfigTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** Read by tools/golden/check_config.py, which lets transformers score with it. */
  private static final Path WRITTEN = Path.of("target/written-configs");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("org.soft4j.lm.source.GoldenModels#spelledTwice")
  void aWrittenConfigurationIsReadAsTheSameModel(String name) throws IOException {
    try (ModelSource source = ModelFiles.open(GOLDEN.resolve(name))) {
      try (Stream<Path> files = Files.list(GOLDEN.resolve(name))) {
        for (Path file : files.filter(f -> !f.endsWith("config.json")).toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      ArchitectureConfig.write(folder, source.architecture(), StoredTensor.Type.F32);
      ArchitectureConfig.write(WRITTEN.resolve(name), source.architecture(), StoredTensor.Type.F32);
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
            ModelFamilies.LLAMA,
            8,
            4,
            4,
            1,
            1,
            1,
            4,
            kind,
            true,
            8,
            OptionalInt.empty(),
            List.of(2));
    UserError error =
        assertThrows(
            UserError.class, () -> ArchitectureConfig.write(folder, shape, StoredTensor.Type.F32));
    assertTrue(error.getMessage().contains("rope_freqs"), error.getMessage());
  }
}
