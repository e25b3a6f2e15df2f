package org.soft4j.lm.device;

import java.util.Set;

/**
 * Whether a GPU can be used, and if not what stands in the way first.
 *
 * @param usable whether the engine can compute on a GPU
 * @param finding what was found, in words that fit after a colon
 * @param remedy what to do about it; where a GPU is usable, how to take it
 */
public record GpuDiagnosis(boolean usable, String finding, String remedy) {
  /** Flavors that the engine's own library is built for (pytorch-jni 2.7.1-0.35.1). */
  private static final Set<String> FLAVORS = Set.of("cpu", "cu128");

  /** Older drivers cannot run CUDA 12 (NVIDIA, CUDA Compatibility, minor version table). */
  private static final int OLDEST_DRIVER = 525;

  /** Judges facts; the first thing missing, from the driver up, is the reason. */
  public static GpuDiagnosis of(GpuFacts facts) {
    GpuFacts.Natives natives = facts.natives();
    if (facts.visible() > 0 && natives.cuda() && FLAVORS.contains(natives.flavor())) {
      return new GpuDiagnosis(
          true,
          "%s usable, driver %s, CUDA runtime %s"
              .formatted(
                  facts.visible(),
                  facts.driver().orElse("unknown"),
                  version(facts.runtime().orElse(0))),
          "--device auto takes the first, --device gpu:N another.");
    }
    if (facts.driver().isEmpty() && facts.cards().isEmpty() && facts.visible() == 0) {
      return no("no NVIDIA driver is loaded", "Install NVIDIA's driver if the machine has a GPU.");
    }
    if (!natives.cuda()) {
      return no(
          "the driver is there, and the libtorch from %s is built for processors alone"
              .formatted(natives.origin()),
          "Type ./soft4j gpu-natives once; it says what it fetches.");
    }
    if (!FLAVORS.contains(natives.flavor())) {
      return no(
          "the engine's library has no flavor \"%s\", only cpu and cu128"
              .formatted(natives.flavor()),
          "Set PYTORCH_FLAVOR=cu128, which goes with any CUDA 12 build of libtorch.");
    }
    return belowTheRuntime(facts);
  }

  private static GpuDiagnosis belowTheRuntime(GpuFacts facts) {
    if (facts.driver().map(GpuDiagnosis::major).orElse(OLDEST_DRIVER) < OLDEST_DRIVER) {
      return no(
          "driver %s is too old for CUDA 12".formatted(facts.driver().orElseThrow()),
          "Install driver 525.60 or newer; 570.26 or newer is the one made for CUDA 12.8.");
    }
    if (facts.runtime().isEmpty()) {
      return no(
          "the CUDA runtime library libcudart was not found",
          "Install it (./soft4j gpu-natives brings one) or name its folder in LD_LIBRARY_PATH.");
    }
    return no(
        "the CUDA runtime %s sees no GPU, although the driver is loaded"
            .formatted(version(facts.runtime().getAsInt())),
        "Check CUDA_VISIBLE_DEVICES, and whether this container was given the GPU.");
  }

  private static GpuDiagnosis no(String finding, String remedy) {
    return new GpuDiagnosis(false, finding, remedy);
  }

  private static int major(String driver) {
    String digits = driver.replaceFirst("\\D.*", "");
    return digits.isEmpty() ? OLDEST_DRIVER : Integer.parseInt(digits);
  }

  private static String version(int runtime) {
    return "%s.%s".formatted(runtime / 1000, runtime / 10 % 100);
  }
}
