package org.soft4j.lm.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.Computation;
import org.soft4j.lm.Computation.Batches;
import org.soft4j.lm.Computation.Kernels;
import org.soft4j.lm.torch.Libtorch;

class KernelChoiceTest {
  private static final String SAPPHIRE_RAPIDS =
      "fpu sse4_1 sse4_2 fma avx avx2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_vnni"
          + " avx512_bf16 avx512_fp16 amx_bf16 amx_tile amx_int8";
  private static final String ZEN_3 = "fpu sse4_1 sse4_2 fma avx avx2 vaes";

  private static Kernels of(String vendor, String flags, Map<String, String> environment) {
    return KernelChoice.of(
        List.of("processor\t: 0", "vendor_id\t: " + vendor, "flags\t\t: " + flags, ""),
        "amd64",
        environment,
        "2.7.1");
  }

  /** Expected: the levels that the libraries' pages name for these processors. */
  @Test
  void eachLibraryTakesTheHighestLevelOfTheProcessor() {
    assertEquals(
        new Kernels("AVX512", "AVX512_CORE_AMX", "AVX512_E4", "GenuineIntel", "2.7.1"),
        of("GenuineIntel", SAPPHIRE_RAPIDS, Map.of()));
    assertEquals(
        new Kernels("AVX2", "AVX2", "AVX2", "AuthenticAMD", "2.7.1"),
        of("AuthenticAMD", ZEN_3, Map.of()));
    assertEquals(
        new Kernels("DEFAULT", "SSE41", "SSE4_2", "GenuineIntel", "2.7.1"),
        of("GenuineIntel", "fpu sse4_1 sse4_2", Map.of()));
  }

  /** So that unlike machines can be made alike: by the smallest common level. */
  @Test
  void variablesBoundTheChoice() {
    Map<String, String> bounds =
        Map.of(
            "ATEN_CPU_CAPABILITY", "avx2",
            "ONEDNN_MAX_CPU_ISA", "avx2",
            "MKL_ENABLE_INSTRUCTIONS", "AVX2");
    assertEquals(
        new Kernels("AVX2", "AVX2", "AVX2", "GenuineIntel", "2.7.1"),
        of("GenuineIntel", SAPPHIRE_RAPIDS, bounds));
    // Bounds above what is there, and words that the libraries do not know, change nothing.
    assertEquals(
        of("AuthenticAMD", ZEN_3, Map.of()),
        of(
            "AuthenticAMD",
            ZEN_3,
            Map.of("ONEDNN_MAX_CPU_ISA", "AVX512_CORE", "ATEN_CPU_CAPABILITY", "fast")));
  }

  @Test
  void whereLinuxTellsNothingTheArchitectureIsAllThatIsKnown() {
    assertEquals(
        new Kernels("unknown", "unknown", "unknown", "aarch64", "2.7.1"),
        KernelChoice.of(List.of("processor\t: 0"), "aarch64", Map.of(), "2.7.1"));
  }

  /**
   * Expected: {@code at::get_cpu_capability()} of the libtorch in this process, called by the name
   * that GCC gives it; it returns a std::string, hence through a pointer to its place.
   */
  @Test
  void theLibraryItselfSaysTheSame() throws IOException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "no /proc on this system");
    Libtorch.load();
    String library =
        Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.UTF_8).stream()
            .filter(line -> line.endsWith("libtorch_cpu.so"))
            .map(line -> line.substring(line.indexOf('/')))
            .findFirst()
            .orElseThrow();
    try (Memory string = new Memory(32);
        NativeLibrary torch = NativeLibrary.getInstance(library)) {
      torch
          .getFunction("_ZN2at18get_cpu_capabilityB5cxx11Ev")
          .invoke(void.class, new Object[] {string});
      String told = string.getPointer(0).getString(0);
      assertEquals(told, KernelChoice.read("cpu", "2.7.1").aten());
    }
  }

  @Test
  void differencesAreToldInWords() {
    Computation here =
        new Computation(
            "cpu",
            "float32",
            2,
            of("GenuineIntel", SAPPHIRE_RAPIDS, Map.of()),
            new Batches(512, 32, 1 << 30, 1 << 20, 4));
    Computation there =
        new Computation(
            "cpu",
            "float32",
            1,
            of("AuthenticAMD", ZEN_3, Map.of()),
            new Batches(256, 32, 1 << 30, 1 << 20, 4));
    assertEquals(List.of(), here.differences(here));
    assertEquals(
        List.of(
            "threads: 2 and 1",
            "aten: AVX512 and AVX2",
            "onednn: AVX512_CORE_AMX and AVX2",
            "mkl: AVX512_E4 and AVX2",
            "processor: GenuineIntel and AuthenticAMD",
            "nodes: 512 and 256"),
        here.differences(there));
  }
}
