package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lock for all that one process alone may write, tried with a second process. */
class ProcessLockTest {
  @TempDir Path folder;

  /** Takes a lock, says so, reads what it protects, and waits for the end of its input. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    ProcessLock lock = ProcessLock.take(ProcessLock.beside(file), "x", "--out");
    // Once this gave the lock up: the file that is read was the file that was locked.
    AppendLog.open(file).add("held");
    System.out.println("locked");
    System.in.read();
    lock.close();
  }

  @Test
  void aSecondProcessIsToldWhoHoldsIt() throws Exception {
    Path file = Files.writeString(folder.resolve("log.jsonl"), "one\n");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ProcessLockTest.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("locked", said.readLine());
      UserError refused = assertThrows(UserError.class, () -> take(file));
      String held = "The log is in use by another process (process " + holder.pid() + " since 20";
      assertTrue(refused.getMessage().startsWith(held), refused.getMessage());
      assertTrue(refused.remedy().contains("--out"), refused.remedy());
      holder.getOutputStream().close();
      assertEquals(0, holder.waitFor());
    }
    take(file).close();
  }

  @Test
  void aSecondOpeningInThisProcessIsRefused() throws IOException {
    Path file = folder.resolve("log.jsonl");
    ProcessLock first = take(file);
    assertThrows(UserError.class, () -> take(file));
    assertThrows(UserError.class, () -> take(file));
    first.close();
    take(file).close();
  }

  private static ProcessLock take(Path file) throws IOException {
    return ProcessLock.take(ProcessLock.beside(file), "The log", "--out");
  }
}
