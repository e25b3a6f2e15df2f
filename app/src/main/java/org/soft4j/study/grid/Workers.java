package org.soft4j.study.grid;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.UserError;
import org.soft4j.lm.device.MachineMemory;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.settings.Settings;

/** How many cells are run at the same time, where nobody says. */
public final class Workers {
  // Weights in float32, as much again for what is computed with them, and room for a training.
  private static final double TIMES_THE_FILES = 4;
  private static final double BESIDE_BYTES = 1L << 29;

  private Workers() {}

  /** As asked for; else one on each processor as far as memory goes, and one on a GPU. */
  public static int count(Settings settings) {
    int asked = settings.study().workers();
    if (asked > 0) {
      return asked;
    }
    if (!settings.cluster().master().isEmpty()
        || !DeviceChoice.of(settings.model().device()).name().equals("cpu")) {
      return 1;
    }
    double one = TIMES_THE_FILES * bytes(settings.model().name()) + BESIDE_BYTES;
    long fit = (long) (MachineMemory.of(Device.cpu()) / one);
    return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), fit));
  }

  /** Of a model's files; none where it is not here. */
  private static long bytes(String model) {
    Path place;
    try {
      place = LocalOpening.resolve(model);
    } catch (UserError absent) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException failure) {
      throw FileFault.of(place, failure);
    }
  }
}
