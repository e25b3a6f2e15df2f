package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Llama 1 to 3, SmolLM, SmolLM2, TinyLlama (Touvron et al. 2023). */
final class Llama extends LlamaShaped {
  Llama() {
    super("llama", "LlamaForCausalLM", 2048, Set.of("attention_bias", "mlp_bias"));
  }

  @Override
  SlidingWindow window(ConfigJson config, int layers, int positions) {
    WindowConfig window = new WindowConfig(config, layers, positions);
    window.refuseNarrow();
    window.refuseOtherLayers(SlidingWindow.NONE);
    return SlidingWindow.NONE;
  }

  @Override
  void writeWindow(Architecture shape, ObjectNode json) {
    // It has none.
  }

  /** GGUF files call a Mistral model a Llama one. */
  @Override
  public ModelFamily windowed() {
    return ModelFamilies.of("mistral").orElseThrow();
  }

  @Override
  public boolean ggufTurnsNeighbours() {
    return true;
  }
}
