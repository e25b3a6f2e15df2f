package org.soft4j.notebooks;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.soft4j.plugin.ProcessEnd;

/**
 * Ends a kernel with the Jupyter that started it. Jupyter ends its kernels itself, unless it was
 * killed: then they would stay, each with its model in memory.
 */
public final class ParentWatch {
  /** Jupyter names itself so to the kernels that shall end with it. */
  private static final String PARENT = "JPY_PARENT_PID";

  private static final long SECOND = 1000;

  private ParentWatch() {}

  /** Begins to watch; where nobody is named, nothing is watched. */
  public static void begin() {
    living(System.getenv(), ProcessHandle.current())
        .ifPresent(
            living -> {
              Thread watch = new Thread(() -> watch(living), "soft4j-parent");
              watch.setDaemon(true);
              watch.start();
            });
  }

  private static void watch(BooleanSupplier living) {
    try {
      while (living.getAsBoolean()) {
        Thread.sleep(SECOND);
      }
      ProcessEnd.now(0, () -> {});
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether the Jupyter of these variables still lives; empty where there is none to watch. A
   * process whose parent has died gets another one at once, while a dead parent may stay in the
   * list of processes where nobody collects it.
   */
  static Optional<BooleanSupplier> living(Map<String, String> environment, ProcessHandle self) {
    String named = environment.getOrDefault(PARENT, "");
    if (!named.matches("[1-9]\\d{0,9}")) {
      return Optional.empty();
    }
    long pid = Long.parseLong(named);
    if (self.parent().filter(parent -> parent.pid() == pid).isPresent()) {
      return Optional.of(() -> self.parent().filter(now -> now.pid() == pid).isPresent());
    }
    return ProcessHandle.of(pid).map(jupyter -> jupyter::isAlive);
  }
}
