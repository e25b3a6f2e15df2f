package org.soft4j.cluster.executor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Provenance;
import org.soft4j.core.Sha256;
import org.soft4j.lm.Computation.Kernels;
import org.soft4j.lm.device.KernelChoice;
import org.soft4j.lm.torch.Libtorch;

/**
 * What the digits of a process's results depend on beside the model and how it is opened. Two
 * processes that differ in it give texts and scores that differ in the last digits.
 *
 * @param version of soft4j
 * @param rules by which texts become numbers
 * @param kernels which code computes
 * @param digits digest of products and functions of fixed numbers, as this machine computes them
 */
public record ProcessComputation(String version, int rules, Kernels kernels, String digits) {
  private static final int SIDE = 96;

  /** This process. */
  public static ProcessComputation here() {
    return new ProcessComputation(
        Provenance.versions().get("soft4j"),
        Provenance.RULES,
        KernelChoice.read("cpu", Libtorch.version()),
        computedDigits());
  }

  /** What differs, in words; empty where nothing does. */
  public Optional<String> differs(ProcessComputation other) {
    List<String> words = new ArrayList<>();
    add(words, "soft4j", version, other.version);
    add(words, "rules", rules, other.rules);
    words.addAll(kernels.differences(other.kernels));
    if (words.isEmpty()) {
      add(words, "digits", digits, other.digits);
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }

  private static void add(List<String> words, String what, Object mine, Object others) {
    if (!mine.equals(others)) {
      words.add("%s: %s and %s".formatted(what, mine, others));
    }
  }

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  /** Products as layers have them, and the functions between them. */
  private static String computedDigits() {
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
