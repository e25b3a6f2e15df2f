package org.soft4j.lm.family;

import java.util.Set;

/** Qwen3, the dense models (Yang et al. 2025): each head's query and key are normalised. */
final class Qwen3 extends LlamaShaped {
  Qwen3() {
    super("qwen3", "Qwen3ForCausalLM", 32768, Set.of("attention_bias"));
  }

  @Override
  public LayerKind layers() {
    return super.layers().withHeadNorms();
  }

  @Override
  int headDimension(ConfigJson config, int hidden, int heads) {
    return 128;
  }
}
