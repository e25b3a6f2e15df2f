package org.soft4j.lm.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tensors of a Llama GGUF file under Hugging Face's names and in its layout. */
final class GgufWeights implements WeightSource {
  private static final Map<String, String> OUTER =
      Map.of(
          "token_embd.weight", "model.embed_tokens.weight",
          "output_norm.weight", "model.norm.weight",
          "output.weight", "lm_head.weight");
  private static final Map<String, String> IN_LAYER =
      Map.of(
          "attn_norm.weight", "input_layernorm.weight",
          "attn_q.weight", "self_attn.q_proj.weight",
          "attn_k.weight", "self_attn.k_proj.weight",
          "attn_v.weight", "self_attn.v_proj.weight",
          "attn_output.weight", "self_attn.o_proj.weight",
          "ffn_norm.weight", "post_attention_layernorm.weight",
          "ffn_gate.weight", "mlp.gate_proj.weight",
          "ffn_up.weight", "mlp.up_proj.weight",
          "ffn_down.weight", "mlp.down_proj.weight");

  private final Gguf gguf;
  private final Architecture architecture;
  private final Map<String, Gguf.Tensor> tensors;

  private GgufWeights(Gguf gguf, Architecture architecture, Map<String, Gguf.Tensor> tensors) {
    this.gguf = gguf;
    this.architecture = architecture;
    this.tensors = tensors;
  }

  /** Renames every tensor; one that the decoder would leave out is refused. */
  static GgufWeights of(Gguf gguf, Architecture architecture) {
    Map<String, Gguf.Tensor> tensors = new LinkedHashMap<>();
    for (Gguf.Tensor tensor : gguf.tensors().values()) {
      String name =
          huggingFaceName(tensor.name())
              .orElseThrow(
                  () ->
                      ModelErrors.unsupported(
                          gguf.slices().file(),
                          "tensor " + tensor.name() + " has no place in a plain Llama model",
                          "Biases, experts and scaled rotary embeddings are not supported."));
      tensors.put(name, tensor);
    }
    return new GgufWeights(gguf, architecture, Collections.unmodifiableMap(tensors));
  }

  static Optional<String> huggingFaceName(String name) {
    if (OUTER.containsKey(name)) {
      return Optional.of(OUTER.get(name));
    }
    String[] parts = name.split("\\.", 3);
    if (parts.length < 3 || !parts[0].equals("blk") || !parts[1].matches("0|[1-9][0-9]{0,8}")) {
      return Optional.empty();
    }
    return Optional.ofNullable(IN_LAYER.get(parts[2]))
        .map(rest -> "model.layers." + parts[1] + "." + rest);
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public long[] shape(String name) {
    return find(name).shape().clone();
  }

  @Override
  public StoredTensor read(String name) {
    Gguf.Tensor tensor = find(name);
    ByteBuffer bytes = gguf.slices().map(tensor.begin(), tensor.bytes());
    StoredTensor stored = new StoredTensor(type(tensor), tensor.shape().clone(), bytes);
    if (tensor.type().quantized()) {
      requireAddressable(tensor);
      stored =
          new StoredTensor(stored.type(), stored.shape(), Dequantizer.run(tensor.type(), bytes));
    }
    if (name.endsWith("q_proj.weight")) {
      return withHalvesApart(stored, architecture.heads());
    }
    return name.endsWith("k_proj.weight")
        ? withHalvesApart(stored, architecture.keyValueHeads())
        : stored;
  }

  private static StoredTensor.Type type(Gguf.Tensor tensor) {
    return switch (tensor.type()) {
      case F16 -> StoredTensor.Type.F16;
      case BF16 -> StoredTensor.Type.BF16;
      default -> StoredTensor.Type.F32;
    };
  }

  private void requireAddressable(Gguf.Tensor tensor) {
    long floats = tensor.bytes() / tensor.type().blockBytes() * tensor.type().blockElements();
    if (floats > Integer.MAX_VALUE / Float.BYTES) {
      throw ModelErrors.unsupported(
          gguf.slices().file(),
          "tensor " + tensor.name() + " has " + floats + " elements",
          "soft4j reads tensors of less than 2 GiB as 32-bit floats; use a smaller model.");
    }
  }

  /**
   * Undoes the exporter's permutation of rows: GGUF keeps the two numbers that a rotary embedding
   * turns side by side, Hugging Face keeps them half a head apart.
   */
  private static StoredTensor withHalvesApart(StoredTensor tensor, int heads) {
    int rows = Math.toIntExact(tensor.shape()[0]);
    int half = rows / heads / 2;
    int rowBytes = tensor.bytes().remaining() / rows;
    ByteBuffer target = ByteBuffer.allocateDirect(rows * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      int head = row / (2 * half);
      int side = row / half % 2;
      int source = head * 2 * half + 2 * (row % half) + side;
      target.put(row * rowBytes, tensor.bytes(), source * rowBytes, rowBytes);
    }
    return new StoredTensor(tensor.type(), tensor.shape(), target);
  }

  private Gguf.Tensor find(String name) {
    Gguf.Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw ModelErrors.damaged(gguf.slices().file(), "has no tensor " + name);
    }
    return tensor;
  }
}
