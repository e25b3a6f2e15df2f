package org.soft4j.lm.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.device.GpuFacts.Natives;

/** Facts made up for machines that we do not have. */
class GpuDiagnosisTest {
  private static final Natives CPU = new Natives("the class path", "cpu", false);
  private static final Natives CUDA = new Natives("/torch/lib", "cu128", true);
  private static final List<String> CARD = List.of("GPU 0: NVIDIA H200");
  private static final OptionalInt CUDA_12_6 = OptionalInt.of(12060);

  private static GpuDiagnosis judge(
      String driver, List<String> cards, Natives natives, OptionalInt runtime, int visible) {
    Optional<String> loaded = Optional.of(driver).filter(version -> !version.isEmpty());
    return GpuDiagnosis.of(new GpuFacts(loaded, cards, natives, runtime, visible));
  }

  private static void refused(GpuDiagnosis seen, String finding, String remedy) {
    assertFalse(seen.usable());
    assertEquals(finding, seen.finding());
    assertTrue(seen.remedy().contains(remedy), seen.remedy());
  }

  @Test
  void aGpuWithDriverRuntimeAndNativesIsUsable() {
    GpuDiagnosis seen = judge("570.86.15", CARD, CUDA, CUDA_12_6, 2);
    assertTrue(seen.usable());
    assertEquals("2 usable, driver 570.86.15, CUDA runtime 12.6", seen.finding());
  }

  @Test
  void withoutDriverNothingElseMatters() {
    refused(
        judge("", List.of(), CPU, OptionalInt.empty(), 0),
        "no NVIDIA driver is loaded",
        "Install NVIDIA's driver");
    refused(judge("", List.of(), CUDA, CUDA_12_6, 0), "no NVIDIA driver is loaded", "driver");
  }

  @Test
  void processorNativesAreReplacedByOneCommand() {
    refused(
        judge("570.86.15", CARD, CPU, CUDA_12_6, 1),
        "the driver is there, and the libtorch from the class path is built for processors alone",
        "./soft4j gpu-natives");
  }

  @Test
  void aFlavorTheEngineHasNoLibraryForIsNamed() {
    // What DJL makes up when PYTORCH_FLAVOR is not set.
    refused(
        judge("570.86.15", CARD, new Natives("/torch/lib", "cu126", true), CUDA_12_6, 1),
        "the engine's library has no flavor \"cu126\", only cpu and cu128",
        "PYTORCH_FLAVOR=cu128");
  }

  @Test
  void anOldDriverIsToldFromANewOne() {
    refused(
        judge("470.256.02", CARD, CUDA, CUDA_12_6, 0),
        "driver 470.256.02 is too old for CUDA 12",
        "525.60");
  }

  @Test
  void aMissingRuntimeIsTheReasonAboveTheDriver() {
    refused(
        judge("570.86.15", CARD, CUDA, OptionalInt.empty(), 0),
        "the CUDA runtime library libcudart was not found",
        "LD_LIBRARY_PATH");
  }

  @Test
  void aHiddenGpuIsTheLastReason() {
    refused(
        judge("570.86.15", List.of(), CUDA, CUDA_12_6, 0),
        "the CUDA runtime 12.6 sees no GPU, although the driver is loaded",
        "CUDA_VISIBLE_DEVICES");
  }

  @Test
  void aDriverWithoutItsFileCountsIfItsToolAnswers() {
    // Under WSL the driver has no file in /proc.
    refused(
        judge("", CARD, CPU, OptionalInt.empty(), 0),
        "the driver is there, and the libtorch from the class path is built for processors alone",
        "gpu-natives");
  }
}
