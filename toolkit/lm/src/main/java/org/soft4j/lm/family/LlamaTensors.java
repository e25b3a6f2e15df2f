package org.soft4j.lm.family;

import java.util.List;

/** Names and shapes of the Llama-like families (Llama, Mistral, Qwen2, Qwen3). */
final class LlamaTensors {
  private LlamaTensors() {}

  static List<ModelTensor> outer(Architecture a) {
    TensorList list = new TensorList("", false);
    list.rows("model.embed_tokens.weight", TensorRole.EMBEDDING, a.vocabularySize(), a.hiddenSize())
        .vector("model.norm.weight", TensorRole.FINAL_NORM, a.hiddenSize());
    if (!a.tiedHead()) {
      list.rows("lm_head.weight", TensorRole.HEAD, a.vocabularySize(), a.hiddenSize());
    }
    return list.list();
  }

  static List<ModelTensor> layer(Architecture a, int layer) {
    TensorList list = new TensorList("model.layers." + layer + ".", false);
    list.vector("input_layernorm.weight", TensorRole.ATTENTION_NORM, a.hiddenSize());
    attention(a, list);
    list.vector("post_attention_layernorm.weight", TensorRole.FEED_NORM, a.hiddenSize());
    feed(a, list);
    return list.list();
  }

  private static void attention(Architecture a, TensorList list) {
    long queries = (long) a.heads() * a.headDimension();
    long keys = (long) a.keyValueHeads() * a.headDimension();
    boolean bias = a.kind().biases().queryKeyValue();
    boolean norms = a.kind().headNorms();
    list.linear("self_attn.q_proj.weight", TensorRole.QUERY, queries, a.hiddenSize())
        .linear("self_attn.k_proj.weight", TensorRole.KEY, keys, a.hiddenSize())
        .linear("self_attn.v_proj.weight", TensorRole.VALUE, keys, a.hiddenSize())
        .vectorIf(bias, "self_attn.q_proj.bias", TensorRole.QUERY_BIAS, queries)
        .vectorIf(bias, "self_attn.k_proj.bias", TensorRole.KEY_BIAS, keys)
        .vectorIf(bias, "self_attn.v_proj.bias", TensorRole.VALUE_BIAS, keys)
        .vectorIf(norms, "self_attn.q_norm.weight", TensorRole.QUERY_NORM, a.headDimension())
        .vectorIf(norms, "self_attn.k_norm.weight", TensorRole.KEY_NORM, a.headDimension())
        .linear("self_attn.o_proj.weight", TensorRole.OUTPUT, a.hiddenSize(), queries)
        .vectorIf(
            a.kind().biases().output(),
            "self_attn.o_proj.bias",
            TensorRole.OUTPUT_BIAS,
            a.hiddenSize());
  }

  private static void feed(Architecture a, TensorList list) {
    boolean bias = a.kind().biases().feedForward();
    int wide = a.intermediateSize();
    list.linear("mlp.gate_proj.weight", TensorRole.GATE, wide, a.hiddenSize())
        .linear("mlp.up_proj.weight", TensorRole.UP, wide, a.hiddenSize())
        .vectorIf(bias, "mlp.gate_proj.bias", TensorRole.GATE_BIAS, wide)
        .vectorIf(bias, "mlp.up_proj.bias", TensorRole.UP_BIAS, wide)
        .linear("mlp.down_proj.weight", TensorRole.DOWN, a.hiddenSize(), wide)
        .vectorIf(bias, "mlp.down_proj.bias", TensorRole.DOWN_BIAS, a.hiddenSize());
  }
}
