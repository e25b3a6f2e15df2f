package org.soft4j.lm.family;

import java.util.Optional;

/** The Llama-like families in config.json: one layer with small differences. */
final class LlamaConfig {
  private final Family family;
  private final ConfigJson config;

  private LlamaConfig(Family family, ConfigJson config) {
    this.family = family;
    this.config = config;
  }

  static Architecture read(Family family, ConfigJson config, Optional<ConfigJson> generation) {
    config.refuseUnless(
        config.get("hidden_act").asText("silu").equals("silu"), "hidden_act", "silu");
    return new LlamaConfig(family, config).architecture(generation);
  }

  private Architecture architecture(Optional<ConfigJson> generation) {
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
    int positions = config.count("max_position_embeddings", maxPositions());
    return new Architecture(
        family,
        vocabulary,
        hidden,
        config.count("intermediate_size"),
        layers,
        heads,
        keyValueHeads,
        headDimension(hidden, heads),
        kind(layers, positions),
        config.flag("tie_word_embeddings", false),
        positions,
        ArchitectureConfig.beginToken(config, vocabulary),
        ArchitectureConfig.stopTokens(config, generation, vocabulary));
  }

  /** The lengths that transformers takes where the file says none. */
  private int maxPositions() {
    return switch (family) {
      case MISTRAL -> 131072;
      case QWEN2, QWEN3 -> 32768;
      default -> 2048;
    };
  }

  private int headDimension(int hidden, int heads) {
    int dimension = config.count("head_dim", family == Family.QWEN3 ? 128 : hidden / heads);
    if (config.absent("head_dim") && family != Family.QWEN3 && hidden % heads != 0) {
      throw config.damaged(
          "hidden_size " + hidden + " is no multiple of num_attention_heads " + heads);
    }
    if (dimension % 2 != 0) {
      throw config.damaged("head_dim " + dimension + " is odd, and rotary embeddings need pairs");
    }
    return dimension;
  }

  private LayerKind kind(int layers, int positions) {
    return new LayerKind(
        Norm.rms(config.positive("rms_norm_eps", 1e-6)),
        RopeConfig.read(config),
        family == Family.QWEN3,
        biases(),
        LayerKind.FeedForward.GATED_SILU,
        WindowConfig.read(family, config, layers, positions));
  }

  private LayerKind.Biases biases() {
    boolean attention = config.flag("attention_bias", false);
    boolean feedForward = config.flag("mlp_bias", false);
    return switch (family) {
      case LLAMA -> new LayerKind.Biases(attention, attention, feedForward);
      case QWEN3 -> new LayerKind.Biases(attention, attention, false);
      case QWEN2 -> new LayerKind.Biases(true, false, false);
      default -> LayerKind.Biases.NONE;
    };
  }
}
