package org.soft4j.lm.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders laid out as the kernel's documents cgroup-v2 and cgroup-v1/memory describe them. */
class MachineMemoryTest {
  @TempDir Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private long free() {
    return new MachineMemory(root.resolve("proc"), root.resolve("cgroup")).free();
  }

  private void available(long kibibytes) throws IOException {
    file(
        "proc/meminfo",
        "MemTotal: 99999 kB\nMemFree: 1 kB\nMemAvailable:   %s kB\n".formatted(kibibytes));
  }

  @Test
  void withoutGroupsTheKernelsWordCounts() throws IOException {
    available(5000);
    assertEquals(5000 * 1024, free());
  }

  @Test
  void theTightestGroupOfVersion2Counts() throws IOException {
    available(1 << 30);
    file("proc/self/cgroup", "0::/outer/inner\n");
    file("cgroup/outer/memory.max", "9000\n");
    file("cgroup/outer/memory.current", "5000\n");
    file("cgroup/outer/memory.stat", "anon 1\ninactive_file 300\n");
    file("cgroup/outer/inner/memory.max", "max\n");
    file("cgroup/outer/inner/memory.current", "100\n");
    assertEquals(9000 - 5000 + 300, free());
  }

  @Test
  void insideAContainerTheRootIsTheGroup() throws IOException {
    available(1 << 30);
    file("proc/self/cgroup", "4:memory:/docker/1234\n3:cpu:/\n");
    file("cgroup/memory/memory.limit_in_bytes", "70000\n");
    file("cgroup/memory/memory.usage_in_bytes", "60000\n");
    assertEquals(10000, free());
    // No limit in version 1 is a number near 2^63.
    file("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertEquals(1L << 40, free());
  }

  @Test
  void moreUsedThanAllowedIsNothingFree() throws IOException {
    available(1 << 30);
    file("proc/self/cgroup", "0::/\n");
    file("cgroup/memory.max", "1000\n");
    file("cgroup/memory.current", "2000\n");
    assertEquals(0, free());
  }

  @Test
  void thisMachineHasSomeAndNotTooMuch() {
    long free = MachineMemory.of(Device.cpu());
    assertTrue(free > 1 << 20 && free < 1L << 50, "" + free);
  }
}
