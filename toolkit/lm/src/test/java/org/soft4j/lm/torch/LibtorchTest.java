package org.soft4j.lm.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.lm.device.GpuFacts;

class LibtorchTest {
  @Test
  void aCudaBuildWithoutDriverIsExplained() {
    // The message that libtorch 2.7.1 for CUDA 12.6 gave on a machine without driver.
    EngineException fault =
        new EngineException(
            "Failed to load PyTorch native library",
            new UnsatisfiedLinkError(
                "/t/libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared object file"));
    GpuFacts facts =
        new GpuFacts(
            Optional.empty(),
            List.of(),
            new GpuFacts.Natives("/t", "cu128", true),
            OptionalInt.of(12060),
            0);
    UserError error = Libtorch.refused(fault, facts);
    assertEquals(
        "libtorch from /t cannot be loaded:"
            + " /t/libcaffe2_nvrtc.so: libcuda.so.1: cannot open shared object file",
        error.getMessage());
    assertTrue(error.remedy().contains("no NVIDIA driver is loaded"), error.remedy());
    assertTrue(error.remedy().contains("Unset SOFT4J_TORCH"), error.remedy());
  }
}
