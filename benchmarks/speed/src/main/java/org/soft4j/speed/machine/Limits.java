package org.soft4j.speed.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this process reached on this machine, its threads being those of the model.
 *
 * @param matrixRate 10^9 operations a second by matrix product: {@code square}, a large square one,
 *     and {@code model}, the seven products of a layer at 512 rows
 * @param readBandwidth 10^9 bytes a second read from tensors far larger than the caches
 * @param triadBandwidth 10^9 bytes a second of a = b + s c, two reads and one write
 */
public record Limits(Map<String, Double> matrixRate, double readBandwidth, double triadBandwidth) {
  public Limits {
    matrixRate = Map.copyOf(matrixRate);
  }

  /** As named values for a result line. */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    matrixRate.forEach((shape, rate) -> values.put("limit_gflops_" + shape, rate));
    values.put("limit_read_gb_s", readBandwidth);
    values.put("limit_triad_gb_s", triadBandwidth);
    return values;
  }
}
