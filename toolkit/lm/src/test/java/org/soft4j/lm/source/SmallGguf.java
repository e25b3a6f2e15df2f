package org.soft4j.lm.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufTensorType;
import org.soft4j.lm.gguf.GgufType;

/** The smallest sound GGUF file: one layer, eight tokens, most rows quantized, zeros throughout. */
public final class SmallGguf {
  /** One tensor; its type is ggml's number. */
  record Tensor(String name, int type, long[] shape, byte[] payload) {}

  private static final int BLOCK = 32;

  private SmallGguf() {}

  public static byte[] bytes(Map<String, Object> metadata) {
    GgufBytes out = new GgufBytes(metadata);
    tensors().forEach(t -> out.tensor(t.name(), t.type(), t.shape(), t.payload()));
    return out.toBytes();
  }

  public static Map<String, Object> metadata() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("general.architecture", "llama");
    values.put("llama.embedding_length", (long) BLOCK);
    values.put("llama.feed_forward_length", 2L);
    values.put("llama.block_count", 1L);
    values.put("llama.context_length", 64L);
    values.put("llama.attention.head_count", 2L);
    values.put("llama.attention.head_count_kv", 1L);
    values.put("llama.attention.key_length", 2L);
    values.put("llama.attention.layer_norm_rms_epsilon", 1e-5);
    values.put("tokenizer.ggml.model", "gpt2");
    values.put("tokenizer.ggml.pre", "smollm");
    values.put("tokenizer.ggml.tokens", List.of("a", "b", "Ġ", "<s>", "</s>", "ab", "Ġa", "c"));
    values.put("tokenizer.ggml.merges", List.of("a b", "Ġ a"));
    values.put("tokenizer.ggml.bos_token_id", 3L);
    values.put("tokenizer.ggml.eos_token_id", 4L);
    values.put("tokenizer.chat_template", "{{ messages[0].content }}");
    byte[] types = {1, 1, 1, 3, 3, 1, 1, 4};
    values.put(
        "tokenizer.ggml.token_type",
        new GgufMetadata.Numbers(GgufType.UINT8, 8, ByteBuffer.wrap(types)));
    return values;
  }

  /** As above, with a SentencePiece tokenizer. */
  public static Map<String, Object> metadataWithPieces() {
    Map<String, Object> values = metadata();
    values.put("tokenizer.ggml.model", "llama");
    values.remove("tokenizer.ggml.merges");
    values.put(
        "tokenizer.ggml.tokens",
        List.of("<unk>", "<s>", "</s>", "<0x0A>", "\u2581", "a", "b", "ab"));
    byte[] kinds = {2, 3, 3, 6, 1, 1, 5, 4};
    values.put(
        "tokenizer.ggml.token_type",
        new GgufMetadata.Numbers(GgufType.UINT8, 8, ByteBuffer.wrap(kinds)));
    values.put(
        "tokenizer.ggml.scores",
        new GgufMetadata.Numbers(GgufType.FLOAT32, 8, ByteBuffer.wrap(new byte[32])));
    return values;
  }

  public static List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(tensor("token_embd.weight", GgufTensorType.Q4_1, 8, BLOCK));
    tensors.add(tensor("output_norm.weight", GgufTensorType.F32, BLOCK));
    tensors.add(tensor("blk.0.attn_norm.weight", GgufTensorType.F16, BLOCK));
    tensors.add(tensor("blk.0.attn_q.weight", GgufTensorType.Q4_0, 4, BLOCK));
    tensors.add(tensor("blk.0.attn_k.weight", GgufTensorType.Q8_0, 2, BLOCK));
    tensors.add(tensor("blk.0.attn_v.weight", GgufTensorType.Q8_0, 2, BLOCK));
    tensors.add(tensor("blk.0.attn_output.weight", GgufTensorType.BF16, BLOCK, 4));
    tensors.add(tensor("blk.0.ffn_norm.weight", GgufTensorType.F32, BLOCK));
    tensors.add(tensor("blk.0.ffn_gate.weight", GgufTensorType.Q4_0, 2, BLOCK));
    tensors.add(tensor("blk.0.ffn_up.weight", GgufTensorType.Q4_0, 2, BLOCK));
    tensors.add(tensor("blk.0.ffn_down.weight", GgufTensorType.F16, BLOCK, 2));
    return tensors;
  }

  private static Tensor tensor(String name, GgufTensorType type, long... shape) {
    long elements = 1;
    for (long extent : shape) {
      elements *= extent;
    }
    int bytes = (int) (elements / type.blockElements() * type.blockBytes());
    return new Tensor(name, number(type), shape, new byte[bytes]);
  }

  private static int number(GgufTensorType type) {
    int number = 0;
    while (GgufTensorType.of(number).filter(type::equals).isEmpty()) {
      number++;
    }
    return number;
  }
}
