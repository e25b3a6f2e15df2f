package org.soft4j.lm.family;

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
    SlidingWindow window = window(family, config, layers, positions);
    if (family == Family.LLAMA || family == Family.MISTRAL) {
      refuseOtherLayers(family, config, window, positions);
    }
    return window;
  }

  /** Fields of other families that ask for other windows than this family's layers have. */
  private static void refuseOtherLayers(
      Family family, ConfigJson config, SlidingWindow window, int positions) {
    int size = config.whole("sliding_window", 0);
    boolean asked = size > 0 && config.flag("use_sliding_window", true);
    boolean narrow = asked && size < positions;
    config.refuseUnless(
        family == Family.MISTRAL || !narrow, "sliding_window", "null, as Llama models have,");
    config.refuseUnless(
        config.flag("use_sliding_window", true) || window.size() == 0,
        "use_sliding_window",
        "true, or no sliding_window,");
    boolean wide = asked && !narrow;
    int layer = 0;
    for (JsonNode type : config.get("layer_types")) {
      boolean full = type.asText("").equals("full_attention");
      boolean sliding = type.asText("").equals("sliding_attention");
      boolean fits = wide ? full || sliding : window.in(layer++) ? sliding : full;
      config.refuseUnless(fits, "layer_types", "one kind of attention, that of its family,");
    }
  }

  private static SlidingWindow window(Family family, ConfigJson config, int layers, int positions) {
    boolean possible =
        switch (family) {
          case MISTRAL -> config.missing("sliding_window") || !config.absent("sliding_window");
          case QWEN2, QWEN3 -> config.flag("use_sliding_window", false);
          default -> false;
        };
    if (!possible) {
      boolean qwen = family == Family.QWEN2 || family == Family.QWEN3;
      config.refuseUnless(
          !qwen || config.absent("layer_types") || !inLayer(config, layers).contains(true),
          "layer_types",
          "use_sliding_window = true, or full_attention alone,");
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
