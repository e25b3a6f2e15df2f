package org.soft4j.lm.local;

import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.error.UserError;

/**
 * Where a model runs, and why there.
 *
 * @param name {@code cpu} or {@code gpu:N}
 * @param torchName libtorch's name of it
 * @param reason in words, recorded with every result
 */
public record DeviceChoice(String name, String torchName, String reason) {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,4}))?");

  /**
   * Reads a device setting.
   *
   * @param setting {@code auto} (the first GPU where there is one), {@code cpu} or {@code gpu:N}
   */
  static DeviceChoice of(String setting) {
    if (setting.equals("cpu")) {
      return new DeviceChoice("cpu", "cpu", "asked for");
    }
    int gpus = Engine.getEngine("PyTorch").getGpuCount();
    if (setting.equals("auto")) {
      return gpus == 0
          ? new DeviceChoice("cpu", "cpu", "auto: the engine sees no GPU")
          : gpu(0, "auto: the first of %d GPUs the engine sees".formatted(gpus));
    }
    Matcher matcher = GPU.matcher(setting);
    if (!matcher.matches()) {
      throw new UserError(
          "Unknown device \"" + setting + "\".", "Use auto, cpu or gpu:N, as in --device gpu:0.");
    }
    int number = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    if (number >= gpus) {
      throw new UserError(
          "Device gpu:%d was asked for, and the engine sees %d GPUs.".formatted(number, gpus),
          "Use --device cpu, or build with -Pgpu on a machine with CUDA 12.8 and its runtime.");
    }
    return gpu(number, "asked for");
  }

  private static DeviceChoice gpu(int number, String reason) {
    return new DeviceChoice("gpu:" + number, "cuda:" + number, reason);
  }

  boolean isGpu() {
    return !name.equals("cpu");
  }
}
