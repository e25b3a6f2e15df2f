package org.soft4j.lm.device;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * How much memory a new allocation may take, in bytes. On the processor the least of what the
 * kernel calls available and what every control group around this process still allows, so that a
 * container's limit counts.
 */
public final class MachineMemory {
  private final Path proc;
  private final Path groups;

  /** Reads other folders in the place of /proc and /sys/fs/cgroup. */
  MachineMemory(Path proc, Path groups) {
    this.proc = proc;
    this.groups = groups;
  }

  /**
   * Free memory of a device: on a GPU what the CUDA runtime tells; on the processor what the system
   * and the container leave, without what the Java heap may still grow by.
   */
  public static long of(Device device) {
    if (device.isGpu()) {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getCommitted();
    }
    Runtime java = Runtime.getRuntime();
    long free = new MachineMemory(Path.of("/proc"), Path.of("/sys/fs/cgroup")).free();
    return Math.max(0, free - (java.maxMemory() - java.totalMemory()));
  }

  long free() {
    long least = available();
    for (String line : lines(proc.resolve("self/cgroup"))) {
      // Version 2 writes "0::/path", version 1 "4:memory:/path".
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        least = Math.min(least, allowed(groups, parts[2], "memory.max", "memory.current"));
      } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
        String usage = "memory.usage_in_bytes";
        Path root = groups.resolve("memory");
        least = Math.min(least, allowed(root, parts[2], "memory.limit_in_bytes", usage));
      }
    }
    return least;
  }

  private long available() {
    return first(lines(proc.resolve("meminfo")), line -> line.startsWith("MemAvailable:")).stream()
        .map(kibibytes -> kibibytes << 10)
        .findFirst()
        .orElseGet(
            () ->
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                    .getFreeMemorySize());
  }

  /** What the group and all above it allow; inside a container its own group may be the root. */
  private static long allowed(Path root, String path, String limit, String usage) {
    List<Path> folders = new ArrayList<>(List.of(root));
    for (Path name : Path.of(path)) {
      folders.add(folders.get(folders.size() - 1).resolve(name.toString()));
    }
    long least = Long.MAX_VALUE;
    for (Path folder : folders) {
      OptionalLong bound = first(lines(folder.resolve(limit)), line -> true);
      OptionalLong used = first(lines(folder.resolve(usage)), line -> true);
      if (bound.isPresent() && used.isPresent()) {
        // The file cache counts as used, though the kernel gives it back on demand.
        long cache =
            first(lines(folder.resolve("memory.stat")), s -> s.startsWith("inactive_file "))
                .orElse(0);
        least = Math.min(least, bound.getAsLong() - used.getAsLong() + cache);
      }
    }
    return Math.max(0, least);
  }

  private static OptionalLong first(List<String> lines, Predicate<String> wanted) {
    return lines.stream()
        .filter(wanted)
        .map(line -> line.replaceAll("\\D", ""))
        .filter(digits -> !digits.isEmpty() && digits.length() < 19)
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /**
   * Largest resident memory of this process so far in mebibytes, Java heap and native memory
   * together (VmHWM); empty where the kernel is not Linux.
   */
  public static OptionalDouble peak() {
    return lines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst();
  }
}
