package org.soft4j.lm.layer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.UserError;
import org.soft4j.lm.device.GpuDiagnosis;
import org.soft4j.lm.device.GpuFacts;
import org.soft4j.lm.device.GpuProbe;
import org.soft4j.lm.device.MachineMemory;
import org.soft4j.lm.torch.OutOfMemory;

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
  public static DeviceChoice of(String setting) {
    return of(setting, Engine.getEngine("PyTorch").getGpuCount(), GpuProbe::read);
  }

  /**
   * Chooses among the GPUs that the engine counts.
   *
   * @param facts asked only where there is no such GPU, to say why
   */
  static DeviceChoice of(String setting, int gpus, Supplier<GpuFacts> facts) {
    if (setting.equals("cpu")) {
      return new DeviceChoice("cpu", "cpu", "asked for");
    }
    if (setting.equals("auto")) {
      return gpus == 0
          ? new DeviceChoice("cpu", "cpu", "auto: " + missing(facts.get()).finding())
          : gpu(0, "auto: the first of %s GPUs the engine sees".formatted(gpus));
    }
    Matcher matcher = GPU.matcher(setting);
    if (!matcher.matches()) {
      throw new UserError(
          "Unknown device \"" + setting + "\".", "Use auto, cpu or gpu:N, as in --device gpu:0.");
    }
    int number = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
    if (number >= gpus) {
      throw gpus > 0
          ? new UserError(
              "Device gpu:%s was asked for, and the engine sees %s GPUs.".formatted(number, gpus),
              "Use --device gpu:0 to gpu:%s, or --device cpu.".formatted(gpus - 1))
          : none(number, missing(facts.get()));
    }
    return gpu(number, "asked for");
  }

  private static UserError none(int number, GpuDiagnosis why) {
    return new UserError(
        "Device gpu:%s was asked for, and no GPU can be used: %s.".formatted(number, why.finding()),
        why.remedy() + " Or use --device cpu.");
  }

  /** The engine counts no GPU; facts that show none missing leave libtorch itself as the reason. */
  private static GpuDiagnosis missing(GpuFacts facts) {
    GpuDiagnosis found = GpuDiagnosis.of(facts);
    return found.usable()
        ? new GpuDiagnosis(
            false,
            "a GPU is there (%s), but libtorch refuses it".formatted(found.finding()),
            "Compare the driver with the CUDA version that libtorch from %s was built for."
                .formatted(facts.natives().origin()))
        : found;
  }

  /** Bytes that can still be allocated there. */
  public long freeBytes() {
    OutOfMemory.giveBack(); // what libtorch keeps for later on a GPU counts as used
    return MachineMemory.of(engineDevice());
  }

  /** The same device as the engine knows it. */
  public Device engineDevice() {
    return isGpu() ? Device.gpu(Integer.parseInt(name.substring("gpu:".length()))) : Device.cpu();
  }

  private static DeviceChoice gpu(int number, String reason) {
    return new DeviceChoice("gpu:" + number, "cuda:" + number, reason);
  }

  public boolean isGpu() {
    return !name.equals("cpu");
  }
}
