package org.soft4j.lm.family;

import java.util.Collections;
import java.util.List;

/**
 * How far back attention looks: a key is visible if the query stands fewer than {@code size}
 * positions after it (Beltagy et al. 2020; Jiang et al. 2023).
 *
 * @param size in positions; 0 where no layer has a window
 * @param inLayer which layers have it
 */
public record SlidingWindow(int size, List<Boolean> inLayer) {
  /** Every layer sees everything before it. */
  public static final SlidingWindow NONE = new SlidingWindow(0, List.of());

  public SlidingWindow {
    inLayer = List.copyOf(inLayer);
  }

  /** One window in all layers. */
  public static SlidingWindow everywhere(int size, int layers) {
    return new SlidingWindow(size, Collections.nCopies(layers, true));
  }

  /** Whether a layer has the window. */
  public boolean in(int layer) {
    return size > 0 && layer < inLayer.size() && inLayer.get(layer);
  }
}
