package org.soft4j.lm.family;

import java.util.Set;

/** Qwen2 and Qwen2.5 (Yang et al. 2024): biases into attention, whatever the file says. */
final class Qwen2 extends LlamaShaped {
  Qwen2() {
    super("qwen2", "Qwen2ForCausalLM", 32768, Set.of());
  }

  @Override
  LayerKind.Biases biases(ConfigJson config) {
    return new LayerKind.Biases(true, false, false);
  }
}
