package org.soft4j.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.device.GpuFacts;

class EnvironmentTest {
  @Test
  void aGpuThatCannotBeUsedIsTheReasonAndTheRemedy() {
    Map<String, String> facts =
        Environment.gpu(
            new GpuFacts(
                Optional.of("570.86.15"),
                List.of("GPU 0: NVIDIA H200"),
                new GpuFacts.Natives("the class path", "cpu", false),
                OptionalInt.empty(),
                0));
    assertEquals("cpu, from the class path", facts.get("libtorch"));
    assertEquals("570.86.15", facts.get("gpu driver"));
    assertEquals("GPU 0: NVIDIA H200", facts.get("gpu cards"));
    assertEquals(
        "not used: the driver is there, and the libtorch from the class path is built for"
            + " processors alone. Type ./soft4j gpu-natives once; it says what it fetches.",
        facts.get("gpu"));
  }

  @Test
  void aGpuThatCanBeUsedIsCounted() {
    Map<String, String> facts =
        Environment.gpu(
            new GpuFacts(
                Optional.of("570.86.15"),
                List.of("GPU 0: NVIDIA H200", "GPU 1: NVIDIA H200"),
                new GpuFacts.Natives("/torch/lib", "cu128", true),
                OptionalInt.of(12060),
                2));
    assertEquals("2 usable, driver 570.86.15, CUDA runtime 12.6", facts.get("gpu"));
    assertEquals("GPU 0: NVIDIA H200; GPU 1: NVIDIA H200", facts.get("gpu cards"));
  }

  @Test
  void thisMachineIsDescribedWithoutLoadingLibtorch() {
    Map<String, String> facts = Environment.describe();
    assertTrue(facts.get("libtorch").contains("from"), facts.toString());
    assertTrue(facts.containsKey("gpu"), facts.toString());
  }
}
