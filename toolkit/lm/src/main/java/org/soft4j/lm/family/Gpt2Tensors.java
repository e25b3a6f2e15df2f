package org.soft4j.lm.family;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names and shapes of GPT-2. Its linear layers are stored as [inputs, outputs] (transformers'
 * Conv1D), query, key and value in one.
 */
final class Gpt2Tensors {
  private Gpt2Tensors() {}

  static List<ModelTensor> outer(Architecture a) {
    int width = a.hiddenSize();
    TensorList list =
        new TensorList("transformer.", true)
            .rows("wte.weight", TensorRole.EMBEDDING, a.vocabularySize(), width)
            .rows("wpe.weight", TensorRole.POSITIONS, a.maxPositions(), width)
            .vector("ln_f.weight", TensorRole.FINAL_NORM, width)
            .vector("ln_f.bias", TensorRole.FINAL_NORM_BIAS, width);
    if (a.tiedHead()) {
      return list.list();
    }
    List<ModelTensor> head =
        new TensorList("", true)
            .rows("lm_head.weight", TensorRole.HEAD, a.vocabularySize(), width)
            .list();
    return Stream.concat(list.list().stream(), head.stream()).toList();
  }

  static List<ModelTensor> layer(Architecture a, int layer) {
    int width = a.hiddenSize();
    int wide = a.intermediateSize();
    return new TensorList("transformer.h." + layer + ".", true)
        .vector("ln_1.weight", TensorRole.ATTENTION_NORM, width)
        .vector("ln_1.bias", TensorRole.ATTENTION_NORM_BIAS, width)
        .linear("attn.c_attn.weight", TensorRole.QUERY_KEY_VALUE, 3L * width, width)
        .vector("attn.c_attn.bias", TensorRole.QUERY_KEY_VALUE_BIAS, 3L * width)
        .linear("attn.c_proj.weight", TensorRole.OUTPUT, width, width)
        .vector("attn.c_proj.bias", TensorRole.OUTPUT_BIAS, width)
        .vector("ln_2.weight", TensorRole.FEED_NORM, width)
        .vector("ln_2.bias", TensorRole.FEED_NORM_BIAS, width)
        .linear("mlp.c_fc.weight", TensorRole.UP, wide, width)
        .vector("mlp.c_fc.bias", TensorRole.UP_BIAS, wide)
        .linear("mlp.c_proj.weight", TensorRole.DOWN, width, wide)
        .vector("mlp.c_proj.bias", TensorRole.DOWN_BIAS, width)
        .list();
  }
}
