package org.soft4j.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a second process, and a second thread of this one, away from what one alone may write. The
 * thread that holds it may take it again, as a command does for its stages.
 *
 * <p>The lock is a file of its own: {@code .lock} in a folder, {@code .NAME.lock} beside a file. It
 * is there as long as the lock is held and says who holds it since when. What a killed process
 * leaves is no lock: the operating system's word counts.
 */
public final class ProcessLock implements AutoCloseable {
  /** Name of the file that locks the folder that it is in. */
  public static final String IN_FOLDER = ".lock";

  private static final int ATTEMPTS = 20;

  /**
   * What this process holds, by the real path of its lock file. One for the whole process, as the
   * system's locks are: a second channel of a locked file would, when closed, give the lock up.
   */
  private static final Map<Path, Held> HELD = new HashMap<>();

  /** A lock with its holder, and the folders that were made for it. */
  private static final class Held {
    private final Thread thread = Thread.currentThread();
    private final LockFile file;
    private final Deque<Path> made;
    private int times = 1;

    Held(LockFile file, Deque<Path> made) {
      this.file = file;
      this.made = made;
    }
  }

  private final Path key;
  private final Held held;
  private final boolean again;
  private boolean closed;

  private ProcessLock(Path key, Held held) {
    this.key = key;
    this.held = held;
    again = held.times > 1;
  }

  /** Whether this thread held it before: then somebody may be at work in there. */
  boolean again() {
    return again;
  }

  /** Takes a folder, made where absent, or refuses. */
  public static ProcessLock folder(Path folder, String option) {
    return folder(folder, option, LockWait.NONE);
  }

  /**
   * Takes a folder; one that was made for the lock and is still empty is removed with it.
   *
   * @param option that names another one, such as {@code --out}
   * @throws UserError where another process has it for longer than one waits
   */
  public static ProcessLock folder(Path folder, String option, LockWait wait) {
    return take(folder.resolve(IN_FOLDER), "the folder " + folder, option, wait);
  }

  /** Takes a file that is to be written, there or not. */
  public static ProcessLock file(Path file, String option, LockWait wait) {
    return take(beside(file), file.toString(), option, wait);
  }

  /** Takes a file that is to be written, or refuses. */
  public static ProcessLock file(Path file, String option) {
    return file(file, option, LockWait.NONE);
  }

  /** Takes a file without a moment's patience, for those who look whether it is free. */
  static ProcessLock fileNow(Path file) {
    return file(file, "--out", new LockWait(Duration.ZERO, line -> {}));
  }

  /** Who writes in a folder now; empty where nobody else does. A look from outside. */
  public static Optional<String> writer(Path folder) {
    Path file = folder.resolve(IN_FOLDER);
    try {
      synchronized (HELD) {
        Held own = HELD.get(file.toAbsolutePath().getParent().toRealPath().resolve(IN_FOLDER));
        if (own != null) {
          return own.thread == Thread.currentThread()
              ? Optional.empty()
              : Optional.of("other work of this process");
        }
        return LockFile.look(file);
      }
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  private static Path beside(Path file) {
    Path whole = file.toAbsolutePath();
    return whole.resolveSibling("." + whole.getFileName() + IN_FOLDER);
  }

  private static ProcessLock take(Path file, String what, String option, LockWait wait) {
    Path whole = file.toAbsolutePath();
    LockWait.Clock clock = wait.new Clock();
    while (true) {
      try {
        return attempt(whole);
      } catch (LockFile.HeldException held) {
        if (!clock.goesOn(what, held.holder())) {
          throw refused(what, held.holder(), option, wait);
        }
      } catch (LockFile.NoLocksException none) {
        throw new UserError(
            "%s lies on a file system that keeps no locks (%s): two processes could write there at once."
                .formatted(capital(what), none.getMessage()),
            "Choose a place on a disk of this machine with %s, and copy it afterwards."
                .formatted(option),
            none);
      } catch (IOException failure) {
        UserError fault = FileFault.making(whole.getParent(), failure);
        throw new UserError(fault.getMessage(), fault.remedy().replace("--out", option), failure);
      }
    }
  }

  private static UserError refused(String what, String holder, String option, LockWait wait) {
    boolean asked = wait.longest().compareTo(LockWait.NONE.longest()) > 0;
    return new UserError(
        asked
            ? "%s is still in use by %s after %s s of waiting."
                .formatted(capital(what), holder, wait.longest().toSeconds())
            : "%s is in use by %s.".formatted(capital(what), holder),
        "%s stop it, or choose another place with %s."
            .formatted(asked ? "Wait longer," : "Wait for it with --wait,", option));
  }

  private static String capital(String what) {
    return what.replaceFirst("^the ", "The ");
  }

  private static ProcessLock attempt(Path file) throws IOException, LockFile.HeldException {
    for (int attempt = 1; ; attempt++) {
      Deque<Path> made = new ArrayDeque<>();
      try {
        make(file.getParent(), made);
        return attempt(file.getParent().toRealPath().resolve(file.getFileName()), made);
      } catch (NoSuchFileException | AccessDeniedException failure) {
        // Another process may remove the folder that it had made just when it gives it up.
        if (attempt == ATTEMPTS || Files.exists(file.getParent())) {
          throw failure;
        }
      } finally {
        removeEmpty(made);
      }
    }
  }

  private static ProcessLock attempt(Path key, Deque<Path> made)
      throws IOException, LockFile.HeldException {
    synchronized (HELD) {
      Held own = HELD.get(key);
      if (own == null) {
        own = new Held(LockFile.take(key), new ArrayDeque<>(made));
        HELD.put(key, own);
        made.clear();
      } else if (own.thread == Thread.currentThread()) {
        own.times++;
      } else {
        throw new LockFile.HeldException("other work of this process");
      }
      return new ProcessLock(key, own);
    }
  }

  private static void make(Path folder, Deque<Path> made) throws IOException {
    for (Path above = folder; above != null && Files.notExists(above); above = above.getParent()) {
      made.addLast(above);
    }
    Files.createDirectories(folder);
  }

  /** The deepest first; what somebody has put something into stays. */
  private static void removeEmpty(Deque<Path> made) {
    try {
      while (!made.isEmpty()) {
        Files.deleteIfExists(made.removeFirst());
      }
    } catch (IOException inUse) {
      made.clear();
    }
  }

  /** Gives it up, once it is closed as often as it was taken. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (closed) {
        return;
      }
      closed = true;
      held.times--;
      if (held.times > 0) {
        return;
      }
      HELD.remove(key);
      try {
        held.file.close();
      } catch (IOException left) {
        // The system has taken the lock back with the channel; a file that stays locks nothing.
      }
    }
    removeEmpty(held.made);
  }
}
