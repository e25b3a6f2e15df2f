package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.gguf.Gguf;
import org.soft4j.lm.gguf.GgufArchitecture;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufTokenizer;
import org.soft4j.lm.gguf.GgufWeights;

/** Whatever stands in a file, opening it gives a model or a UserError, and nothing else. */
@Tag("slow")
class DamagedFilesTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("model.file");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void randomDamageToAHeaderNeverEscapesAsAnotherException(boolean gguf) throws IOException {
    byte[] sound = soundBytes(gguf);
    Random random = new Random(20);
    int refused = 0;
    for (int trial = 0; trial < 1500; trial++) {
      byte[] bytes = damage(sound, gguf ? 9000 : 2200, random);
      try {
        openAndRead(gguf, bytes);
      } catch (UserError e) {
        refused++;
      }
    }
    assertTrue(refused > 300, "only " + refused + " refused: the damage is too mild to test much");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyTruncationIsRefused(boolean gguf) throws IOException {
    byte[] sound = soundBytes(gguf);
    // GGUF pads after the last tensor, so that its last bytes carry nothing.
    for (int length = 0; length < sound.length - 32; length += 37) {
      byte[] bytes = Arrays.copyOf(sound, length);
      assertThrows(UserError.class, () -> openAndRead(gguf, bytes), "length " + length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}; cannot have 12 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}; promises 16",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}; begins at byte 4",
        "{\"a\":{\"dtype\":\"Q9\",\"shape\":[2],\"data_offsets\":[0,8]}}; unknown type",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}; no list of counts",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9e18],\"data_offsets\":[0,8]}}; no list of counts",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,8],\"data_offsets\":[0,8]}};"
            + " cannot have",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}; data_offsets [8, 0]",
        "{\"a\":3}; unknown type",
        "[1,2]; no JSON object",
        "{\"a\":; not valid JSON",
      })
  void safetensorsHeadersThatContradictThemselves(String header, String part) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(TinyModel.utf8(header));
    Files.write(file, bytes.array());
    UserError error = assertThrows(UserError.class, () -> Safetensors.open(file));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void overlappingTensorsAreRefused() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
    ByteBuffer bytes = ByteBuffer.allocate(16 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(header.length()).put(TinyModel.utf8(header)).array());
    assertThrows(UserError.class, () -> Safetensors.open(file));
  }

  @Test
  void absurdCountsAreRefusedBeforeAnythingIsAllocated() throws IOException {
    byte[] sound = soundBytes(true);
    for (int at : new int[] {8, 16, 24}) {
      for (long count : new long[] {Long.MAX_VALUE, -1, 1L << 40, sound.length}) {
        byte[] bytes = sound.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, count);
        assertThrows(UserError.class, () -> openAndRead(true, bytes));
      }
    }
  }

  @Test
  void aFieldMissingFromTheConfigurationIsNamed() throws IOException {
    TinyModel.folder(folder, 1);
    for (String field : new String[] {"vocab_size", "hidden_size", "num_attention_heads"}) {
      Files.writeString(
          folder.resolve("config.json"), TinyModel.config().replace(field, "x" + field));
      UserError error = assertThrows(UserError.class, () -> ModelFiles.open(folder));
      assertTrue(error.getMessage().contains("has no " + field), error.getMessage());
    }
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    TinyModel.folder(folder, 1);
    Files.write(folder.resolve("config.json"), new byte[] {'{', '"', (byte) 0xff, '"', '}'});
    UserError error = assertThrows(UserError.class, () -> ModelFiles.open(folder));
    assertTrue(error.getMessage().contains("not UTF-8"), error.getMessage());
  }

  @Test
  void aTokenizerThatIsDamagedOrOfAnotherModelIsRefused() throws IOException {
    TinyModel.folder(folder, 1);
    Path tokenizer = folder.resolve("tokenizer.json");
    byte[] sound = Files.readAllBytes(tokenizer);
    Files.write(tokenizer, Arrays.copyOf(sound, sound.length / 2));
    assertThrows(UserError.class, () -> ModelFiles.open(folder));
    Files.writeString(tokenizer, "{}");
    assertThrows(UserError.class, () -> ModelFiles.open(folder));
    Map<String, Object> metadata = TinyModel.metadata();
    metadata.put("tokenizer.ggml.pre", "unheard-of");
    GgufMetadata foreign = new GgufMetadata(file, metadata);
    assertThrows(UserError.class, () -> GgufTokenizer.read(foreign));
  }

  private byte[] soundBytes(boolean gguf) throws IOException {
    if (gguf) {
      return Files.readAllBytes(TinyModel.gguf(folder.resolve("sound.gguf"), 1));
    }
    Path sound = folder.resolve("sound.safetensors");
    Safetensors.write(sound, TinyModel.tensors(1), Map.of("format", "pt"));
    return Files.readAllBytes(sound);
  }

  /** Flips bits, overwrites bytes or cuts, mostly within the first bytes. */
  private static byte[] damage(byte[] sound, int header, Random random) {
    byte[] bytes = sound.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(Math.min(header, bytes.length));
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 1);
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  /** Everything that is done with a file, except for loading the tokenizer library's tables. */
  private void openAndRead(boolean gguf, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    WeightSource weights = gguf ? ggufWeights() : Safetensors.open(file);
    // Mapping is the dear part: the first and every seventh tensor stand for all.
    int i = 0;
    for (String name : weights.names()) {
      if (i++ % 7 == 0) {
        weights.read(name);
      }
    }
  }

  private WeightSource ggufWeights() {
    Gguf parsed = Gguf.open(file);
    Architecture architecture = GgufArchitecture.read(parsed);
    WeightSource weights = GgufWeights.of(parsed, architecture);
    architecture.requireTensors(weights, file);
    GgufTokenizer.json(parsed.metadata());
    return weights;
  }
}
