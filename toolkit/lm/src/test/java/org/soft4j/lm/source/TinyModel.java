package org.soft4j.lm.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.LayerKind;
import org.soft4j.lm.family.ModelFamilies;
import org.soft4j.lm.files.Safetensors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufTokenizer;
import org.soft4j.lm.gguf.GgufType;

/** A random Llama model of a few kilobytes, written as a Hugging Face folder or as GGUF. */
public final class TinyModel {
  static final Architecture SHAPE =
      new Architecture(
          ModelFamilies.LLAMA,
          262,
          8,
          12,
          2,
          4,
          2,
          2,
          LayerKind.llama(1e-5, 10000),
          true,
          64,
          OptionalInt.of(256),
          List.of(257));

  /** 256 bytes in GPT-2's spelling, two control tokens, four merged ones. */
  static final List<String> TOKENS = tokens();

  static final List<String> MERGES = List.of("a b", "ab c", "Ġ a", "Ċ Ċ");

  private TinyModel() {}

  static LinkedHashMap<String, StoredTensor> tensors(long seed) {
    Random random = new Random(seed);
    LinkedHashMap<String, StoredTensor> tensors = new LinkedHashMap<>();
    SHAPE.storedShapes().forEach((name, shape) -> tensors.put(name, random(shape, random)));
    return tensors;
  }

  public static StoredTensor random(long[] shape, Random random) {
    StoredTensor empty = new StoredTensor(StoredTensor.Type.F32, shape, ByteBuffer.allocate(0));
    int count = (int) empty.elements();
    ByteBuffer bytes = ByteBuffer.allocateDirect(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return new StoredTensor(StoredTensor.Type.F32, shape, bytes.flip());
  }

  static String config() {
    return """
    {"model_type": "llama", "vocab_size": 262, "hidden_size": 8, "intermediate_size": 12,
     "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
     "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "tie_word_embeddings": true,
     "max_position_embeddings": 64, "bos_token_id": 256, "eos_token_id": 257}
    """;
  }

  /** Writes the folder; the tokenizer is the one that {@link #gguf} holds. */
  static Path folder(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), config());
    Safetensors.write(folder.resolve("model.safetensors"), tensors(seed), Map.of("format", "pt"));
    Files.write(folder.resolve("tokenizer.json"), tokenizerJson());
    return folder;
  }

  static byte[] tokenizerJson() {
    return GgufTokenizer.json(new GgufMetadata(Path.of("tiny.gguf"), metadata()));
  }

  /** The metadata of the GGUF form. */
  public static Map<String, Object> metadata() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("general.architecture", "llama");
    values.put("llama.embedding_length", 8L);
    values.put("llama.feed_forward_length", 12L);
    values.put("llama.block_count", 2L);
    values.put("llama.context_length", 64L);
    values.put("llama.attention.head_count", 4L);
    values.put("llama.attention.head_count_kv", 2L);
    values.put("llama.attention.layer_norm_rms_epsilon", 1e-5);
    values.put("tokenizer.ggml.model", "gpt2");
    values.put("tokenizer.ggml.pre", "smollm");
    values.put("tokenizer.ggml.tokens", TOKENS);
    values.put("tokenizer.ggml.merges", MERGES);
    values.put("tokenizer.ggml.bos_token_id", 256L);
    values.put("tokenizer.ggml.eos_token_id", 257L);
    values.put("tokenizer.chat_template", "{{ messages[0].content }}");
    ByteBuffer types = ByteBuffer.allocate(4 * 262).order(ByteOrder.LITTLE_ENDIAN);
    for (int id = 0; id < 262; id++) {
      types.putInt(id == 256 || id == 257 ? 3 : 1);
    }
    values.put(
        "tokenizer.ggml.token_type", new GgufMetadata.Numbers(GgufType.INT32, 262, types.flip()));
    return values;
  }

  /** Writes the GGUF form: F32 tensors with query and key rows permuted as exporters do. */
  static Path gguf(Path file, long seed) throws IOException {
    return Files.write(file, ggufBytes(seed).toBytes());
  }

  static GgufBytes ggufBytes(long seed) {
    GgufBytes out = new GgufBytes(metadata());
    tensors(seed)
        .forEach(
            (name, tensor) -> {
              int heads = name.contains("q_proj") ? 4 : name.contains("k_proj") ? 2 : 0;
              out.tensor(ggufName(name), 0, tensor.shape(), interleaved(tensor, heads));
            });
    return out;
  }

  /** Row 2i of a head is row i of its first half, row 2i + 1 is row i of its second half. */
  private static byte[] interleaved(StoredTensor tensor, int heads) {
    byte[] bytes = new byte[tensor.bytes().remaining()];
    tensor.bytes().duplicate().get(bytes);
    if (heads == 0) {
      return bytes;
    }
    int rows = (int) tensor.shape()[0];
    int rowBytes = bytes.length / rows;
    int perHead = rows / heads;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int head = 0; head < heads; head++) {
      for (int i = 0; i < perHead / 2; i++) {
        out.write(bytes, (head * perHead + i) * rowBytes, rowBytes);
        out.write(bytes, (head * perHead + perHead / 2 + i) * rowBytes, rowBytes);
      }
    }
    return out.toByteArray();
  }

  private static String ggufName(String name) {
    return SHAPE.tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow()
        .ggufName();
  }

  private static List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b > 32 && b < 127 || b > 160 && b != 173;
      tokens.add(String.valueOf((char) (printable ? b : next++)));
    }
    tokens.addAll(List.of("<s>", "</s>", "ab", "abc", "Ġa", "ĊĊ"));
    return List.copyOf(tokens);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
