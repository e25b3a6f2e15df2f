package org.soft4j.lm.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.lm.device.GpuFacts;

/** GPUs are numbers here; none is needed. */
class DeviceChoiceTest {
  private static final GpuFacts NO_DRIVER =
      new GpuFacts(
          Optional.empty(),
          List.of(),
          new GpuFacts.Natives("the class path", "cpu", false),
          OptionalInt.empty(),
          0);

  private static final GpuFacts ALL_THERE =
      new GpuFacts(
          Optional.of("525.60"),
          List.of("GPU 0: NVIDIA T4"),
          new GpuFacts.Natives("/torch/lib", "cu128", true),
          OptionalInt.of(12060),
          1);

  private static DeviceChoice choose(String setting, int gpus) {
    return DeviceChoice.of(setting, gpus, () -> NO_DRIVER);
  }

  @Test
  void autoTakesTheFirstGpuAndElseTheProcessorWithTheReason() {
    assertEquals(
        new DeviceChoice("gpu:0", "cuda:0", "auto: the first of 2 GPUs the engine sees"),
        choose("auto", 2));
    assertEquals(
        new DeviceChoice("cpu", "cpu", "auto: no NVIDIA driver is loaded"), choose("auto", 0));
    assertTrue(
        DeviceChoice.of("auto", 0, () -> ALL_THERE).reason().endsWith("but libtorch refuses it"));
  }

  @Test
  void aGpuIsTakenByItsNumber() {
    assertEquals(new DeviceChoice("gpu:1", "cuda:1", "asked for"), choose("gpu:1", 2));
    assertEquals("gpu:0", choose("gpu", 1).name());
    assertEquals("cpu", choose("cpu", 2).name());
    assertEquals(Dtype.BFLOAT16, Dtype.parse("auto", choose("gpu", 1).isGpu()));
  }

  @Test
  void aGpuThatIsNotThereIsRefusedWithWhatThereIs() {
    UserError beyond = assertThrows(UserError.class, () -> choose("gpu:2", 2));
    assertEquals("Use --device gpu:0 to gpu:1, or --device cpu.", beyond.remedy());
    UserError none = assertThrows(UserError.class, () -> choose("gpu:0", 0));
    assertEquals(
        "Device gpu:0 was asked for, and no GPU can be used: no NVIDIA driver is loaded.",
        none.getMessage());
    assertTrue(none.remedy().endsWith("Or use --device cpu."), none.remedy());
  }
}
