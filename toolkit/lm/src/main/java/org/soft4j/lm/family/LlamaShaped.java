package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The families whose layers are Llama's with small differences: RMSNorm, rotary positions, grouped
 * queries and a gated feed-forward block.
 */
abstract class LlamaShaped extends ModelFamily {
  private static final Pattern FREQUENCIES = Pattern.compile(".*\\.rotary_emb\\.inv_freq");

  private static final Set<String> FIELDS =
      Set.of(
          "hidden_act",
          "hidden_size",
          "intermediate_size",
          "num_hidden_layers",
          "num_attention_heads",
          "num_key_value_heads",
          "head_dim",
          "max_position_embeddings",
          "rms_norm_eps",
          "rope_theta",
          "rope_scaling",
          "rope_parameters",
          "partial_rotary_factor",
          "original_max_position_embeddings",
          "sliding_window",
          "use_sliding_window",
          "max_window_layers",
          "layer_types");

  private final int maxPositions;
  private final Set<String> biasFields;

  /**
   * A family.
   *
   * @param maxPositions the longest context that transformers takes where the file says none
   * @param biasFields which of attention_bias and mlp_bias it has
   */
  LlamaShaped(String modelType, String className, int maxPositions, Set<String> biasFields) {
    super(modelType, className);
    this.maxPositions = maxPositions;
    this.biasFields = biasFields;
  }

  @Override
  public LayerKind layers() {
    return LayerKind.llama(1e-6, 10000);
  }

  /**
   * The window that a configuration asks for: in the layers that layer_types names, if
   * use_sliding_window says so. A family of other windows refuses these.
   */
  SlidingWindow window(ConfigJson config, int layers, int positions) {
    return new WindowConfig(config, layers, positions).byLayer();
  }

  /** Writes what {@link #window} reads. */
  void writeWindow(Architecture shape, ObjectNode json) {
    WindowConfig.writeByLayer(shape, json);
  }

  /** The width of a head where the file says none. */
  int headDimension(ConfigJson config, int hidden, int heads) {
    if (hidden % heads != 0) {
      throw config.damaged(
          "hidden_size " + hidden + " is no multiple of num_attention_heads " + heads);
    }
    return hidden / heads;
  }

  /** The biases that a configuration asks for. */
  LayerKind.Biases biases(ConfigJson config) {
    boolean attention = asksFor("attention_bias", config);
    return new LayerKind.Biases(attention, attention, asksFor("mlp_bias", config));
  }

  private boolean asksFor(String field, ConfigJson config) {
    return biasFields.contains(field) && config.flag(field, false);
  }

  @Override
  final Set<String> fields() {
    return Stream.concat(FIELDS.stream(), biasFields.stream()).collect(Collectors.toSet());
  }

  @Override
  final Map<String, Set<String>> sameElsewhere() {
    return Map.of(
        "activation", Set.of("silu", "swiglu"),
        "hidden_activation", Set.of("silu"),
        "norm_type", Set.of("rms", "rms_norm", "rmsnorm"),
        "position_embedding_type", Set.of("rope", "rotary"));
  }

  @Override
  final Architecture read(ConfigJson config, Optional<ConfigJson> generation) {
    config.refuseUnless(
        config.get("hidden_act").asText("silu").equals("silu"), "hidden_act", "silu");
    int hidden = config.count("hidden_size");
    int heads = config.count("num_attention_heads");
    int keyValueHeads = config.count("num_key_value_heads", heads);
    if (heads % keyValueHeads != 0) {
      throw config.damaged(
          "num_attention_heads "
              + heads
              + " is no multiple of num_key_value_heads "
              + keyValueHeads);
    }
    int vocabulary = config.count("vocab_size");
    int layers = ArchitectureConfig.layers(config, "num_hidden_layers");
    int positions = config.count("max_position_embeddings", maxPositions);
    return new Architecture(
        this,
        vocabulary,
        hidden,
        config.count("intermediate_size"),
        layers,
        heads,
        keyValueHeads,
        evenHeadDimension(config, hidden, heads),
        kind(config, layers, positions),
        config.flag("tie_word_embeddings", false),
        positions,
        ArchitectureConfig.beginToken(config, vocabulary),
        ArchitectureConfig.stopTokens(config, generation, vocabulary));
  }

  private int evenHeadDimension(ConfigJson config, int hidden, int heads) {
    int dimension =
        config.absent("head_dim") ? headDimension(config, hidden, heads) : config.count("head_dim");
    if (dimension % 2 != 0) {
      throw config.damaged("head_dim " + dimension + " is odd, and rotary embeddings need pairs");
    }
    return dimension;
  }

  private LayerKind kind(ConfigJson config, int layers, int positions) {
    LayerKind plain = layers();
    return new LayerKind(
        Norm.rms(config.positive("rms_norm_eps", plain.norm().epsilon())),
        RopeConfig.read(config),
        plain.headNorms(),
        biases(config),
        plain.feedForward(),
        window(config, layers, positions));
  }

  @Override
  final void write(Architecture shape, ObjectNode json) {
    json.put("hidden_size", shape.hiddenSize());
    json.put("intermediate_size", shape.intermediateSize());
    json.put("num_hidden_layers", shape.layers());
    json.put("num_attention_heads", shape.heads());
    json.put("num_key_value_heads", shape.keyValueHeads());
    json.put("head_dim", shape.headDimension());
    json.put("hidden_act", "silu");
    json.put("rms_norm_eps", shape.kind().norm().epsilon());
    RopeConfig.write(shape.kind().positions(), json);
    json.put("max_position_embeddings", shape.maxPositions());
    json.put("tie_word_embeddings", shape.tiedHead());
    if (biasFields.contains("attention_bias")) {
      json.put("attention_bias", shape.kind().biases().queryKeyValue());
    }
    if (biasFields.contains("mlp_bias")) {
      json.put("mlp_bias", shape.kind().biases().feedForward());
    }
    writeWindow(shape, json);
  }

  @Override
  final List<ModelTensor> outer(Architecture a) {
    TensorList list =
        new TensorList("", "", false)
            .rows("model.embed_tokens", TensorRole.EMBEDDING, a.vocabularySize(), a.hiddenSize())
            .vector("model.norm", TensorRole.FINAL_NORM, a.hiddenSize());
    return list.withHead(a);
  }

  @Override
  final List<ModelTensor> layer(Architecture a, int layer) {
    TensorList list = new TensorList("model.layers." + layer + ".", "blk." + layer + ".", false);
    list.vector("input_layernorm", TensorRole.ATTENTION_NORM, a.hiddenSize());
    attention(a, list);
    list.vector("post_attention_layernorm", TensorRole.FEED_NORM, a.hiddenSize());
    feed(a, list);
    return list.list();
  }

  private static void attention(Architecture a, TensorList list) {
    long hidden = a.hiddenSize();
    long queries = (long) a.heads() * a.headDimension();
    long keys = (long) a.keyValueHeads() * a.headDimension();
    list.linear("self_attn.q_proj", TensorRole.QUERY, queries, hidden)
        .linear("self_attn.k_proj", TensorRole.KEY, keys, hidden)
        .linear("self_attn.v_proj", TensorRole.VALUE, keys, hidden);
    if (a.kind().biases().queryKeyValue()) {
      list.vector("self_attn.q_proj", TensorRole.QUERY_BIAS, queries)
          .vector("self_attn.k_proj", TensorRole.KEY_BIAS, keys)
          .vector("self_attn.v_proj", TensorRole.VALUE_BIAS, keys);
    }
    if (a.kind().headNorms()) {
      int width = a.headDimension();
      list.vector("self_attn.q_norm", TensorRole.QUERY_NORM, width)
          .vector("self_attn.k_norm", TensorRole.KEY_NORM, width);
    }
    list.linear("self_attn.o_proj", TensorRole.OUTPUT, hidden, queries);
    if (a.kind().biases().output()) {
      list.vector("self_attn.o_proj", TensorRole.OUTPUT_BIAS, hidden);
    }
  }

  private static void feed(Architecture a, TensorList list) {
    long hidden = a.hiddenSize();
    long wide = a.intermediateSize();
    boolean bias = a.kind().biases().feedForward();
    list.linear("mlp.gate_proj", TensorRole.GATE, wide, hidden)
        .linear("mlp.up_proj", TensorRole.UP, wide, hidden);
    if (bias) {
      list.vector("mlp.gate_proj", TensorRole.GATE_BIAS, wide)
          .vector("mlp.up_proj", TensorRole.UP_BIAS, wide);
    }
    list.linear("mlp.down_proj", TensorRole.DOWN, hidden, wide);
    if (bias) {
      list.vector("mlp.down_proj", TensorRole.DOWN_BIAS, hidden);
    }
  }

  @Override
  final String layerPrefix() {
    return "model.";
  }

  @Override
  final Pattern computed() {
    return FREQUENCIES;
  }
}
