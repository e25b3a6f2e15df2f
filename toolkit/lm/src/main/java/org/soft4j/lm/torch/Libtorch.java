package org.soft4j.lm.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import org.soft4j.core.LibraryLogs;
import org.soft4j.core.UserError;
import org.soft4j.lm.device.GpuDiagnosis;
import org.soft4j.lm.device.GpuFacts;
import org.soft4j.lm.device.GpuProbe;

/** The native library itself. */
public final class Libtorch {
  private Libtorch() {}

  /**
   * Loads libtorch, unless that was done before.
   *
   * @throws UserError if it cannot be loaded, as a CUDA build cannot without NVIDIA's driver
   */
  public static void load() {
    LibraryLogs.quietWithoutProvider();
    try {
      Engine.getEngine("PyTorch");
    } catch (EngineException e) {
      throw refused(e, GpuProbe.read());
    }
  }

  /** Its version, such as {@code 2.7.1}; loads it. */
  public static String version() {
    load();
    return Engine.getEngine("PyTorch").getVersion();
  }

  static UserError refused(EngineException fault, GpuFacts facts) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message");
    GpuDiagnosis gpu = GpuDiagnosis.of(facts);
    return new UserError(
        "libtorch from %s cannot be loaded: %s".formatted(facts.natives().origin(), message),
        facts.natives().cuda() && !gpu.usable()
            ? "It is built for GPUs, and %s. Unset SOFT4J_TORCH and PYTORCH_LIBRARY_PATH to run on"
                    .formatted(gpu.finding())
                + " the processor."
            : "Check the room on the disk of ~/.djl.ai, where it is unpacked, and PYTORCH_LIBRARY_PATH.",
        fault);
  }
}
