package org.soft4j.lm.family;

import java.util.Optional;

/** GPT-2 in config.json. */
final class Gpt2Config {
  private Gpt2Config() {}

  static Architecture read(ConfigJson config, Optional<ConfigJson> generation) {
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
        Family.GPT2,
        vocabulary,
        hidden,
        config.count("n_inner", (int) Math.min(4L * hidden, Integer.MAX_VALUE)),
        ArchitectureConfig.layers(config, "n_layer"),
        heads,
        heads,
        hidden / heads,
        LayerKind.gpt2(config.positive("layer_norm_epsilon", 1e-5)),
        config.flag("tie_word_embeddings", true),
        config.count("n_positions"),
        ArchitectureConfig.beginToken(config, vocabulary),
        ArchitectureConfig.stopTokens(config, generation, vocabulary));
  }
}
