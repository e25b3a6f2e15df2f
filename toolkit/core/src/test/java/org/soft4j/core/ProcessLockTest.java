package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.LockProcess.Words;

/** One lock for all that one process alone may write, tried with other processes. */
@Tag("slow")
class ProcessLockTest {
  @TempDir Path temp;

  @Test
  void aSecondProcessIsToldWhoHoldsIt() throws Exception {
    Path file = Files.writeString(temp.resolve("log.jsonl"), "one\n");
    try (LockProcess holder = LockProcess.start(Words.HOLD_FILE, file)) {
      holder.awaitHeld();
      UserError refused = assertThrows(UserError.class, () -> ProcessLock.file(file, "--output"));
      assertTrue(
          refused
              .getMessage()
              .matches(
                  ".*log.jsonl is in use by LockProcess \\(process %s on \\S+ since 20[0-9TZ:-]+\\)\\."
                      .formatted(holder.pid())),
          refused.getMessage());
      assertEquals(
          "Wait for it with --wait, stop it, or choose another place with --output.",
          refused.remedy());
    }
    ProcessLock.file(file, "--output").close();
  }

  /** The lock of a process that was killed is nobody's, whatever its file says. */
  @Test
  void whatAKilledProcessLeavesIsNoLock() throws Exception {
    Path folder = temp.resolve("out");
    try (LockProcess holder = LockProcess.start(Words.HOLD_FOLDER, folder)) {
      holder.awaitHeld();
      holder.kill();
    }
    assertTrue(Files.exists(folder.resolve(".lock")));
    assertEquals(Optional.empty(), ProcessLock.writer(folder));
    ProcessLock.folder(folder, "--out").close();
    assertEquals(List.of(), names(folder));
  }

  /** On POSIX systems a channel that is closed gives up every lock of its file: none is opened. */
  @Test
  void askingAgainInThisProcessDoesNotGiveItUp() throws Exception {
    Path folder = temp.resolve("out");
    try (ProcessLock first = ProcessLock.folder(folder, "--out")) {
      UserError refused = assertThrows(UserError.class, () -> onAnotherThread(folder));
      assertTrue(
          refused.getMessage().endsWith("is in use by other work of this process."),
          refused.getMessage());
      assertEquals(Optional.empty(), ProcessLock.writer(folder));
      assertEquals(
          Optional.of("other work of this process"),
          CompletableFuture.supplyAsync(() -> ProcessLock.writer(folder)).join());
      ProcessLock.folder(folder, "--out").close();
      assertFalse(first.again());
      try (LockProcess other = LockProcess.start(Words.HOLD_FOLDER, folder)) {
        assertTrue(other.said().startsWith("refused: The folder " + folder), other.said());
      }
    }
    onAnotherThread(folder);
  }

  private static void onAnotherThread(Path folder) {
    try {
      CompletableFuture.runAsync(() -> ProcessLock.folder(folder, "--out").close()).join();
    } catch (CompletionException failure) {
      throw (RuntimeException) failure.getCause();
    }
  }

  @Test
  void readersSeeWhoWrites() throws Exception {
    assertEquals(Optional.empty(), ProcessLock.writer(temp.resolve("absent")));
    try (LockProcess holder = LockProcess.start(Words.HOLD_FOLDER, temp)) {
      holder.awaitHeld();
      String words = ProcessLock.writer(temp).orElseThrow();
      assertTrue(words.startsWith("LockProcess (process " + holder.pid()), words);
    }
    assertEquals(Optional.empty(), ProcessLock.writer(temp));
  }

  /** The file and the folders that were made for it are gone; what was written stays. */
  @Test
  void nothingIsLeft() throws IOException {
    Path folder = temp.resolve("a/b/c");
    ProcessLock.folder(folder, "--out").close();
    assertEquals(List.of(), names(temp));
    try (ProcessLock lock = ProcessLock.folder(folder, "--out")) {
      Files.writeString(folder.resolve("x"), lock.again() ? "again" : "first");
    }
    assertEquals(List.of("x"), names(folder));
    ProcessLock.file(folder.resolve("x"), "--out").close();
    assertEquals(List.of("x"), names(folder));
  }

  @Test
  void oneWaitsAsLongAsOneLikesAndHearsOfWhom() throws Exception {
    try (LockProcess holder = LockProcess.start(Words.HOLD_FOLDER, temp)) {
      holder.awaitHeld();
      List<String> heard = new ArrayList<>();
      LockWait some = new LockWait(Duration.ofMillis(1200), heard::add);
      assertThrows(UserError.class, () -> ProcessLock.folder(temp, "--out", some));
      assertEquals(1, heard.size(), heard::toString);
      assertTrue(
          heard.get(0).startsWith("waiting for the folder " + temp + ", in use by LockProcess"),
          heard.get(0));
      CompletableFuture.runAsync(
          holder::release,
          CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.SECONDS));
      ProcessLock.folder(temp, "--out", LockWait.SHORT).close();
    }
  }

  /** Whoever opened the file before it was removed must not take what is no longer there. */
  @Test
  void aFileThatIsRemovedBetweenOpeningAndLockingIsNoLock() throws Exception {
    Path file = temp.resolve(".lock");
    LockFile late = LockFile.open(file);
    LockFile.take(file).close();
    assertFalse(late.lock(), "nothing is there any more");
    late = LockFile.open(file);
    LockFile.take(file).close();
    LockFile other = LockFile.take(file);
    assertFalse(late.lock(), "another one is there");
    other.close();
    assertEquals(List.of(), names(temp));
  }

  /**
   * Lock files come and go under processes that want them. Each process reads a number, adds one
   * and writes it, so that a moment with two holders loses a count.
   */
  @Test
  void noCountIsLostAmongManyProcesses() throws Exception {
    Path counter = Files.writeString(temp.resolve("counter"), "0");
    List<LockProcess> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(LockProcess.start(Words.COUNT, counter));
    }
    for (LockProcess one : all) {
      assertEquals("counted", one.said());
      one.close();
    }
    assertEquals(String.valueOf(4 * LockProcess.COUNTS), Files.readString(counter));
    assertEquals(List.of("counter"), names(temp));
  }

  /** A folder of other people may hold anything by that name. */
  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path precious = Files.writeString(temp.resolve("precious"), "mine");
    Files.createSymbolicLink(temp.resolve(".lock"), precious);
    UserError refused = assertThrows(UserError.class, () -> ProcessLock.folder(temp, "--out"));
    assertTrue(refused.getMessage().contains("a link, a folder or a device is there"));
    assertEquals("mine", Files.readString(precious));
  }

  @Test
  void aFileThatSaysAnythingLocksNothing() throws IOException {
    Files.writeString(
        temp.resolve(".lock"),
        """
        {"command":"soft4j run","process":1,"host":"elsewhere","since":"2020-01-01T00:00:00Z"}
        """);
    ProcessLock.folder(temp, "--out").close();
    assertEquals(List.of(), names(temp));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var inside = Files.list(folder)) {
      return inside.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
