package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Mistral 7B and its kin (Jiang et al. 2023): one window in all layers. */
final class Mistral extends LlamaShaped {
  Mistral() {
    super("mistral", "MistralForCausalLM", 131072, Set.of());
  }

  @Override
  SlidingWindow window(ConfigJson config, int layers, int positions) {
    WindowConfig reader = new WindowConfig(config, layers, positions);
    // Without the key transformers takes its default; null is none.
    boolean none = config.absent("sliding_window") && !config.missing("sliding_window");
    SlidingWindow window =
        none ? SlidingWindow.NONE : reader.shorter(SlidingWindow.everywhere(reader.size(), layers));
    reader.refuseOtherLayers(window);
    return window;
  }

  @Override
  void writeWindow(Architecture shape, ObjectNode json) {
    WindowConfig.writeSize(shape, json);
  }

  @Override
  public String ggufName() {
    return "llama";
  }

  @Override
  public boolean ggufTurnsNeighbours() {
    return true;
  }
}
