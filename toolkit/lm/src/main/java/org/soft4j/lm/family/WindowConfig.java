package org.soft4j.lm.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Sliding windows in config.json, for the families to choose from. */
final class WindowConfig {
  private static final int SIZE_WHEN_MISSING = 4096;
  private static final int FIRST_LAYER_WHEN_MISSING = 28;

  private final ConfigJson config;
  private final int layers;
  private final int positions;

  WindowConfig(ConfigJson config, int layers, int positions) {
    this.config = config;
    this.layers = layers;
    this.positions = positions;
  }

  int size() {
    return config.count("sliding_window", SIZE_WHEN_MISSING);
  }

  /** The window; none where it would be as long as the longest context. */
  SlidingWindow shorter(SlidingWindow window) {
    return window.size() >= positions || !window.inLayer().contains(true)
        ? SlidingWindow.NONE
        : window;
  }

  /** Windows where use_sliding_window says so, in the layers that layer_types names. */
  SlidingWindow byLayer() {
    if (config.flag("use_sliding_window", false)) {
      return shorter(new SlidingWindow(size(), inLayer()));
    }
    config.refuseUnless(
        config.absent("layer_types") || !inLayer().contains(true),
        "layer_types",
        "use_sliding_window = true, or full_attention alone,");
    return SlidingWindow.NONE;
  }

  /** Refuses a window that hides anything. */
  void refuseNarrow() {
    config.refuseUnless(!asked() || wide(), "sliding_window", "null, as Llama models have,");
  }

  private boolean asked() {
    return config.whole("sliding_window", 0) > 0 && config.flag("use_sliding_window", true);
  }

  private boolean wide() {
    return config.whole("sliding_window", 0) >= positions;
  }

  /** Refuses fields of other families that ask for another window than this one. */
  void refuseOtherLayers(SlidingWindow window) {
    config.refuseUnless(
        config.flag("use_sliding_window", true) || window.size() == 0,
        "use_sliding_window",
        "true, or no sliding_window,");
    boolean either = asked() && wide();
    int layer = 0;
    for (JsonNode type : config.get("layer_types")) {
      boolean full = type.asText("").equals("full_attention");
      boolean sliding = type.asText("").equals("sliding_attention");
      boolean fits = either ? full || sliding : window.in(layer++) ? sliding : full;
      config.refuseUnless(fits, "layer_types", "one kind of attention, that of its family,");
    }
  }

  /** The layers with a window: those that layer_types names, or the later ones. */
  List<Boolean> inLayer() {
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

  /** Writes one size for all layers, or null. */
  static void writeSize(Architecture shape, ObjectNode json) {
    int size = shape.kind().window().size();
    json.put("sliding_window", size == 0 ? null : size);
  }

  /** Writes what {@link #byLayer} reads. */
  static void writeByLayer(Architecture shape, ObjectNode json) {
    SlidingWindow window = shape.kind().window();
    json.put("use_sliding_window", window.size() > 0);
    writeSize(shape, json);
    if (window.size() > 0) {
      ArrayNode types = json.putArray("layer_types");
      for (int layer = 0; layer < shape.layers(); layer++) {
        types.add(window.in(layer) ? "sliding_attention" : "full_attention");
      }
    }
  }
}
