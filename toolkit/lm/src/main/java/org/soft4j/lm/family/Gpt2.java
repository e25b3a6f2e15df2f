package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * GPT-2 and DistilGPT2 (Radford et al. 2019). Its linear layers are stored as [inputs, outputs]
 * (transformers' Conv1D), query, key and value in one.
 */
final class Gpt2 extends ModelFamily {
  private static final Pattern MASKS =
      Pattern.compile("transformer\\.h\\.\\d+\\.attn\\.(bias|masked_bias)");

  Gpt2() {
    super("gpt2", "GPT2LMHeadModel");
  }

  @Override
  public LayerKind layers() {
    return LayerKind.gpt2(1e-5);
  }

  @Override
  Set<String> fields() {
    return Set.of(
        "n_embd",
        "n_head",
        "n_layer",
        "n_inner",
        "n_positions",
        "activation_function",
        "layer_norm_epsilon",
        "scale_attn_weights");
  }

  @Override
  Architecture read(ConfigJson config, Optional<ConfigJson> generation) {
    String activation = config.get("activation_function").asText("gelu_new");
    config.refuseUnless(
        activation.equals("gelu_new") || activation.equals("gelu_pytorch_tanh"),
        "activation_function",
        "gelu_new or gelu_pytorch_tanh");
    config.refuseUnless(config.flag("scale_attn_weights", true), "scale_attn_weights", "true");
    int hidden = config.count("n_embd");
    int heads = config.count("n_head");
    if (hidden % heads != 0) {
      throw config.damaged("n_embd " + hidden + " is no multiple of n_head " + heads);
    }
    int vocabulary = config.count("vocab_size");
    return new Architecture(
        this,
        vocabulary,
        hidden,
        config.count("n_inner", (int) Math.min(4L * hidden, Integer.MAX_VALUE)),
        ArchitectureConfig.layers(config, "n_layer"),
        heads,
        heads,
        hidden / heads,
        LayerKind.gpt2(config.positive("layer_norm_epsilon", layers().norm().epsilon())),
        config.flag("tie_word_embeddings", true),
        config.count("n_positions"),
        ArchitectureConfig.beginToken(config, vocabulary),
        ArchitectureConfig.stopTokens(config, generation, vocabulary));
  }

  @Override
  void write(Architecture shape, ObjectNode json) {
    json.put("n_embd", shape.hiddenSize());
    json.put("n_inner", shape.intermediateSize());
    json.put("n_layer", shape.layers());
    json.put("n_head", shape.heads());
    json.put("n_positions", shape.maxPositions());
    json.put("activation_function", "gelu_new");
    json.put("layer_norm_epsilon", shape.kind().norm().epsilon());
    json.put("tie_word_embeddings", shape.tiedHead());
  }

  @Override
  List<ModelTensor> outer(Architecture a) {
    int width = a.hiddenSize();
    return new TensorList("transformer.", "", true)
        .rows("wte", TensorRole.EMBEDDING, a.vocabularySize(), width)
        .rows("wpe", TensorRole.POSITIONS, a.maxPositions(), width)
        .vector("ln_f", TensorRole.FINAL_NORM, width)
        .vector("ln_f", TensorRole.FINAL_NORM_BIAS, width)
        .withHead(a);
  }

  @Override
  List<ModelTensor> layer(Architecture a, int layer) {
    int width = a.hiddenSize();
    int wide = a.intermediateSize();
    return new TensorList("transformer.h." + layer + ".", "blk." + layer + ".", true)
        .vector("ln_1", TensorRole.ATTENTION_NORM, width)
        .vector("ln_1", TensorRole.ATTENTION_NORM_BIAS, width)
        .linear("attn.c_attn", TensorRole.QUERY_KEY_VALUE, 3L * width, width)
        .vector("attn.c_attn", TensorRole.QUERY_KEY_VALUE_BIAS, 3L * width)
        .linear("attn.c_proj", TensorRole.OUTPUT, width, width)
        .vector("attn.c_proj", TensorRole.OUTPUT_BIAS, width)
        .vector("ln_2", TensorRole.FEED_NORM, width)
        .vector("ln_2", TensorRole.FEED_NORM_BIAS, width)
        .linear("mlp.c_fc", TensorRole.UP, wide, width)
        .vector("mlp.c_fc", TensorRole.UP_BIAS, wide)
        .linear("mlp.c_proj", TensorRole.DOWN, width, wide)
        .vector("mlp.c_proj", TensorRole.DOWN_BIAS, width)
        .list();
  }

  @Override
  String layerPrefix() {
    return "transformer.h.";
  }

  /** The original files say {@code wte.weight} for {@code transformer.wte.weight}. */
  @Override
  Optional<String> optionalPrefix() {
    return Optional.of("transformer.");
  }

  @Override
  Pattern computed() {
    return MASKS;
  }

  @Override
  public boolean groupsQueries() {
    return false;
  }
}
