package org.soft4j.cluster.executor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.core.Provenance;
import org.soft4j.core.Sha256;
import org.soft4j.lm.torch.Libtorch;

/**
 * What the digits of a process's results depend on beside the model and how it is opened. Two
 * processes that differ in it give texts and scores that differ in the last digits.
 *
 * @param version of soft4j
 * @param rules by which texts become numbers
 * @param instructions widest vector instructions that the kernels may use, in words
 * @param kernels digest of products and functions of fixed numbers, as this machine computes them
 */
public record Computation(String version, int rules, String instructions, String kernels) {
  private static final int SIDE = 96;
  private static final List<String> TOLD =
      List.of("avx512f", "avx512_bf16", "avx512_fp16", "amx_bf16", "avx2", "asimd", "sve");

  /** This process. */
  public static Computation here() {
    return new Computation(
        Provenance.versions().get("soft4j"), Provenance.RULES, readInstructions(), computedKernels());
  }

  /** What differs, in words; empty where nothing does. */
  public Optional<String> differs(Computation other) {
    List<String> words = new ArrayList<>();
    add(words, "soft4j", version, other.version);
    add(words, "rules", rules, other.rules);
    add(words, "instructions", instructions, other.instructions);
    if (words.isEmpty()) {
      add(words, "digits of its kernels", kernels, other.kernels);
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }

  private static void add(List<String> words, String what, Object mine, Object others) {
    if (!mine.equals(others)) {
      words.add("%s %s instead of %s".formatted(what, mine, others));
    }
  }

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  private static String readInstructions() {
    Map<String, String> environment = System.getenv();
    String bounds =
        String.join(
                " ",
                environment.getOrDefault("ATEN_CPU_CAPABILITY", ""),
                environment.getOrDefault("ONEDNN_MAX_CPU_ISA", ""))
            .strip()
            .toLowerCase(Locale.ROOT);
    String own = System.getProperty("os.arch") + flags();
    return bounds.isEmpty() ? own : own + ", bound to " + bounds;
  }

  private static String flags() {
    Path file = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
      List<String> flags =
          lines
              .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
              .findFirst()
              .map(line -> List.of(line.split("\\s+")))
              .orElse(List.of());
      String told = String.join(" ", TOLD.stream().filter(flags::contains).toList());
      return told.isEmpty() ? "" : " " + told;
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Products as layers have them, and the functions between them. */
  private static String computedKernels() {
    Libtorch.load();
    JniUtils.setNumThreads(1);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray a = numbers(manager, 7);
      NDArray product = a.matMul(numbers(manager, 11));
      NDArray functions = product.softmax(1).add(a.exp()).add(a.tanh());
      return Sha256.of(
              Arrays.toString(product.toFloatArray()) + Arrays.toString(functions.toFloatArray()))
          .substring(0, 12);
    }
  }

  private static NDArray numbers(NDManager manager, int step) {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.floorMod(i * step, 101) / 101 - 0.5f;
    }
    return manager.create(values, new Shape(SIDE, SIDE));
  }
}
