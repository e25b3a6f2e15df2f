package org.soft4j.lm.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.lm.Computation.Kernels;

/**
 * Which code the numeric libraries choose in this process, by their documented rules: from what
 * Linux tells of the processor, and from the environment variables that bound the choice.
 *
 * <p>Sources: ATen's native/DispatchStub.cpp (libtorch 2.7), oneDNN's page "CPU Dispatcher
 * Control", Intel's page "Instruction Set Specific Dispatching" for MKL.
 */
public final class KernelChoice {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown";

  /** oneDNN's levels and the flags that each adds to those before it. */
  private static final Map<String, Set<String>> ONEDNN = new LinkedHashMap<>();

  /** MKL's levels, likewise. */
  private static final Map<String, Set<String>> MKL = new LinkedHashMap<>();

  static {
    ONEDNN.put("SSE41", Set.of("sse4_1"));
    ONEDNN.put("AVX", Set.of("avx"));
    ONEDNN.put("AVX2", Set.of("avx2"));
    ONEDNN.put("AVX512_CORE", Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq"));
    ONEDNN.put("AVX512_CORE_VNNI", Set.of("avx512_vnni"));
    ONEDNN.put("AVX512_CORE_BF16", Set.of("avx512_bf16"));
    ONEDNN.put("AVX512_CORE_FP16", Set.of("avx512_fp16"));
    ONEDNN.put("AVX512_CORE_AMX", Set.of("amx_tile", "amx_int8", "amx_bf16"));
    ONEDNN.put("AVX512_CORE_AMX_FP16", Set.of("amx_fp16"));
    MKL.put("SSE4_2", Set.of("sse4_2"));
    MKL.put("AVX", Set.of("avx"));
    MKL.put("AVX2", Set.of("avx2", "fma"));
    MKL.put("AVX512", Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"));
    MKL.put("AVX512_E1", Set.of("avx512_vnni"));
    MKL.put("AVX512_E2", Set.of("avx512_bf16"));
    MKL.put("AVX512_E3", Set.of("avx512_fp16"));
    MKL.put("AVX512_E4", Set.of("amx_tile", "amx_int8", "amx_bf16"));
  }

  private KernelChoice() {}

  /**
   * What this process chooses.
   *
   * @param device {@code cpu} or {@code gpu:N}
   * @param libtorch its version
   */
  public static Kernels read(String device, String libtorch) {
    if (!device.equals("cpu")) {
      return new Kernels("CUDA", "none", "none", card(device), libtorch);
    }
    return of(cpuinfo(), System.getProperty("os.arch", ""), System.getenv(), libtorch);
  }

  /** The card's name; two of one name choose the same code. */
  private static String card(String device) {
    String number = "GPU " + device.substring(device.indexOf(':') + 1) + ": ";
    return GpuProbe.cards(List.of("nvidia-smi", "-L")).stream()
        .filter(line -> line.startsWith(number))
        .map(line -> line.substring(number.length()))
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static List<String> cpuinfo() {
    try {
      return Files.isReadable(CPUINFO)
          ? Files.readAllLines(CPUINFO, StandardCharsets.UTF_8)
          : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** The choice on a processor of which Linux tells these lines. */
  static Kernels of(
      List<String> cpuinfo, String machine, Map<String, String> environment, String libtorch) {
    Map<String, String> fields = new TreeMap<>();
    for (String line : cpuinfo) {
      String[] sides = line.split("\\s*:\\s*", 2);
      if (sides.length == 2) {
        fields.putIfAbsent(sides[0].strip(), sides[1].strip());
      }
    }
    if (!fields.containsKey("flags")) {
      String name = machine.isEmpty() ? UNKNOWN : machine;
      return new Kernels(UNKNOWN, UNKNOWN, UNKNOWN, name, libtorch);
    }
    Set<String> flags = Set.of(fields.get("flags").split("\\s+"));
    return new Kernels(
        aten(flags, environment),
        bounded(ONEDNN, flags, bound(environment, "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA")),
        bounded(MKL, flags, bound(environment, "MKL_ENABLE_INSTRUCTIONS")),
        fields.getOrDefault("vendor_id", UNKNOWN),
        libtorch);
  }

  /** The variable is taken at its word, without a look at the processor; unknown words are not. */
  private static String aten(Set<String> flags, Map<String, String> environment) {
    String asked = environment.getOrDefault("ATEN_CPU_CAPABILITY", "");
    if (Set.of("avx512", "avx2", "default").contains(asked)) {
      return asked.toUpperCase(Locale.ROOT);
    }
    if (!flags.contains("fma")) {
      return "DEFAULT";
    }
    if (flags.containsAll(Set.of("avx512vl", "avx512bw", "avx512dq"))) {
      return "AVX512";
    }
    return flags.contains("avx2") ? "AVX2" : "DEFAULT";
  }

  private static String bound(Map<String, String> environment, String... names) {
    for (String name : names) {
      if (environment.containsKey(name)) {
        return environment.get(name).toUpperCase(Locale.ROOT);
      }
    }
    return "";
  }

  /** The highest level of which the processor has all, up to the bound where it is a level. */
  private static String bounded(Map<String, Set<String>> levels, Set<String> flags, String bound) {
    String highest = "none";
    for (Map.Entry<String, Set<String>> level : levels.entrySet()) {
      if (!flags.containsAll(level.getValue())) {
        return highest;
      }
      highest = level.getKey();
      if (highest.equals(bound)) {
        return highest;
      }
    }
    return highest;
  }
}
