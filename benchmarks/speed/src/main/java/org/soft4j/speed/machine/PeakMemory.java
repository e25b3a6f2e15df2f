package org.soft4j.speed.machine;

import org.soft4j.core.UserError;
import org.soft4j.lm.device.MachineMemory;

/** Largest resident memory of this process, Java heap and native memory together. */
public final class PeakMemory {
  private PeakMemory() {}

  /**
   * Mebibytes, from the kernel's VmHWM.
   *
   * @throws UserError where there is no /proc: these measurements are for Linux
   */
  public static double mebibytes() {
    return MachineMemory.peak()
        .orElseThrow(
            () ->
                new UserError(
                    "There is no /proc/self/status here, from which peak memory is read.",
                    "Run the measurements on Linux."));
  }
}
