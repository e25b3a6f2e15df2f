package org.soft4j.plugin;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a process of soft4j ends before its time, and those that it has started with it. */
public final class ProcessEnd {
  private ProcessEnd() {}

  /**
   * Asks the processes that this one has started to end, and waits until they have: one that has
   * children of its own, as Jupyter has kernels, ends those first. What is left after that time,
   * children of children too, is killed.
   */
  public static void ofChildren(Duration patience) {
    ProcessHandle self = ProcessHandle.current();
    List<ProcessHandle> all = self.descendants().toList();
    List<ProcessHandle> children = self.children().toList();
    children.forEach(ProcessHandle::destroy);
    try {
      CompletableFuture.allOf(
              children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException tooLong) {
      // killed below
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    all.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Ends this process without the C library's farewells. Java's exit and halt run them, and those
   * of libtorch crash where it still computes: the exit code would be a crash's.
   *
   * @param last runs at the very end; nothing that still runs may print behind it
   */
  public static void now(int code, Runnable last) {
    Optional<Function> exit = exitOfTheSystem();
    last.run();
    exit.ifPresent(function -> function.invoke(new Object[] {code}));
    Runtime.getRuntime().halt(code);
  }

  private static Optional<Function> exitOfTheSystem() {
    try {
      return Optional.of(NativeLibrary.getProcess().getFunction("_exit"));
    } catch (LinkageError unknown) {
      return Optional.empty();
    }
  }
}
