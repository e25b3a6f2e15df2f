package org.soft4j.lm.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Sliding windows in config.json, where the family has them. */
final class WindowConfig {
  private static final int SIZE_WHEN_MISSING = 4096;
  private static final int FIRST_LAYER_WHEN_MISSING = 28;

  private WindowConfig() {}

  /** The window; none where it would be as long as the longest context. */
  static SlidingWindow read(Family family, ConfigJson config, int layers, int positions) {
    boolean possible =
        switch (family) {
          case MISTRAL -> config.missing("sliding_window") || !config.absent("sliding_window");
          case QWEN2, QWEN3 -> config.flag("use_sliding_window", false);
          default -> false;
        };
    if (!possible) {
      return SlidingWindow.NONE;
    }
    int size = config.count("sliding_window", SIZE_WHEN_MISSING);
    List<Boolean> inLayer =
        family == Family.MISTRAL
            ? SlidingWindow.everywhere(size, layers).inLayer()
            : inLayer(config, layers);
    return size >= positions || !inLayer.contains(true)
        ? SlidingWindow.NONE
        : new SlidingWindow(size, inLayer);
  }

  private static List<Boolean> inLayer(ConfigJson config, int layers) {
    List<Boolean> inLayer = new ArrayList<>();
    if (config.absent("layer_types")) {
      int first = config.whole("max_window_layers", FIRST_LAYER_WHEN_MISSING);
      for (int layer = 0; layer < layers; layer++) {
        inLayer.add(layer >= first);
      }
      return inLayer;
    }
    for (JsonNode type : config.get("layer_types")) {
      String name = type.asText("");
      config.refuseUnless(
          name.equals("sliding_attention") || name.equals("full_attention"),
          "layer_types",
          "full_attention and sliding_attention");
      inLayer.add(name.equals("sliding_attention"));
    }
    if (inLayer.size() != layers) {
      throw config.damaged(
          "layer_types names " + inLayer.size() + " layers, and there are " + layers);
    }
    return inLayer;
  }
}
