package org.soft4j.lm.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GpuProbeTest {
  @TempDir Path folder;

  @Test
  void theDriversVersionIsReadFromBothKindsOfModule() throws IOException {
    assertEquals(
        Optional.of("535.129.03"),
        driver("NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 18:56:32"));
    assertEquals(
        Optional.of("550.54.14"),
        driver(
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build"));
    assertEquals(Optional.of("unknown"), driver("something else"));
    assertEquals(Optional.empty(), GpuProbe.driver(folder.resolve("absent")));
  }

  private Optional<String> driver(String text) throws IOException {
    Path file = folder.resolve("version");
    Files.writeString(file, text + "\nGCC version:  gcc 12.2.0\n");
    return GpuProbe.driver(file);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "plays the driver's tool with echo and false")
  void cardsAreListedWithoutTheirOwnNumbers() {
    assertEquals(
        List.of("GPU 0: NVIDIA H200"),
        GpuProbe.cards(List.of("echo", "GPU 0: NVIDIA H200 (UUID: GPU-12-34)")));
    assertEquals(List.of(), GpuProbe.cards(List.of("false")));
    assertEquals(List.of(), GpuProbe.cards(List.of("/no/such/tool")));
  }

  @Test
  void nativesAreToldByTheirFolderOrTheClassPath() throws IOException {
    assertEquals(
        new GpuFacts.Natives("the class path", "cpu", false),
        GpuProbe.natives(Optional.empty(), Optional.empty()));
    Optional<String> named = Optional.of(folder.toString());
    assertFalse(GpuProbe.natives(named, Optional.of("cu128")).cuda());
    Files.createFile(folder.resolve(System.mapLibraryName("torch_cuda")));
    assertEquals(
        new GpuFacts.Natives(folder.toString(), "cu128", true),
        GpuProbe.natives(named, Optional.of("cu128")));
    assertEquals("not set", GpuProbe.natives(named, Optional.empty()).flavor());
  }
}
