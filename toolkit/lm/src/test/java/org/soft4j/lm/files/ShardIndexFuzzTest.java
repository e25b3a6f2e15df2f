package org.soft4j.lm.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.source.JsonEdits;
import org.soft4j.lm.source.ParserBounds;
import org.soft4j.lm.source.TinyModel;

/** Any bytes as model.safetensors.index.json beside two sound shards. See docs/fuzzing.md. */
class ShardIndexFuzzTest {
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";
  private static final String INDEX =
      """
      {"metadata": {"total_size": 32},
       "weight_map": {"a": "%s", "b": "%s", "c": "%s"}}"""
          .formatted(FIRST, FIRST, SECOND);
  private static final JsonEdits EDITS = new JsonEdits(List.of(INDEX));

  @TempDir static Path parent;

  private static Path folder;

  @BeforeAll
  static void writeShards() throws IOException {
    folder = Files.createDirectory(parent.resolve("model"));
    write(FIRST, "a", "b");
    write(SECOND, "c");
    // What no index may reach.
    Files.copy(folder.resolve(SECOND), parent.resolve("outside.safetensors"));
  }

  private static void write(String name, String... tensors) {
    LinkedHashMap<String, StoredTensor> values = new LinkedHashMap<>();
    for (String tensor : tensors) {
      values.put(tensor, TinyModel.random(new long[] {2}, new Random(1)));
    }
    Safetensors.write(folder.resolve(name), values, Map.of());
  }

  static List<byte[]> sound() {
    return List.of(INDEX.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundOnesAreAccepted(byte[] sound) {
    assertTrue(ParserBounds.hold(sound.length, () -> read(sound)));
  }

  /** The input as the index. */
  @MethodSource("sound")
  @DictionaryFile(resourcePath = "index.dict")
  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.hold(input.length, () -> read(input));
  }

  /** A sound index, edited. */
  @FuzzTest(maxDuration = "1h")
  void editedIndex(FuzzedDataProvider data) {
    byte[] index = EDITS.next(data);
    ParserBounds.hold(index.length, () -> read(index));
  }

  private static void read(byte[] index) {
    ShardedSafetensors weights =
        ShardedSafetensors.open(
            folder,
            JsonFile.parse(ByteBuffer.wrap(index), folder.resolve(ShardedSafetensors.INDEX)),
            name -> Safetensors.open(folder.resolve(name)));
    for (Path file : weights.files()) {
      if (!file.getParent().equals(folder)) {
        throw new AssertionError("the index reached " + file);
      }
    }
    for (String name : weights.names()) {
      weights.shape(name);
      weights.read(name).elements();
    }
  }
}
