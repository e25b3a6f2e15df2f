package org.soft4j.lm.device;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was found on the way to a GPU, from the driver up.
 *
 * @param driver version of the loaded NVIDIA driver, such as {@code 570.86.15}
 * @param cards names that the driver's own tool lists, such as {@code GPU 0: NVIDIA H200}
 * @param natives the libtorch that would be loaded
 * @param runtime version of the CUDA runtime library (libcudart) that the loader finds, 1000 x
 *     major + 10 x minor; empty where it finds none
 * @param visible GPUs that the CUDA runtime sees
 */
public record GpuFacts(
    Optional<String> driver,
    List<String> cards,
    Natives natives,
    OptionalInt runtime,
    int visible) {
  public GpuFacts {
    cards = List.copyOf(cards);
  }

  /**
   * A build of libtorch.
   *
   * @param origin where it comes from, in words
   * @param flavor the engine's name of the build, by which it picks its own library: {@code cpu} or
   *     {@code cu128}
   * @param cuda whether the build can use a GPU at all
   */
  public record Natives(String origin, String flavor, boolean cuda) {}
}
