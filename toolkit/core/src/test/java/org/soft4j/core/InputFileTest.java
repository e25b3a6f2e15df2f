package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadUpToTheBoundOfItsKindAndThroughALink() throws IOException {
    Path file = Files.write(folder.resolve("a.json"), new byte[] {1, 2, 3, 4});
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, InputFile.bytes(file, 4));
    assertArrayEquals(new byte[] {1, 2, 3, 4}, InputFile.bytes(link, 4));
    UserError large = assertThrows(UserError.class, () -> InputFile.bytes(file, 3));
    assertEquals(file + " has 4 bytes; such a file is read up to 3.", large.getMessage());
  }

  /** Four times the size: its bytes, its letters while they are decoded, and its text. */
  @Test
  void aFileThatTheMemoryDoesNotHoldIsRefusedByName() throws IOException {
    Path file = Files.write(folder.resolve("a.json"), new byte[(1 << 20) + 1]);
    UserError full = assertThrows(UserError.class, () -> InputFile.bytes(file, 9 << 20, 4 << 20));
    assertEquals(
        file + " has 1048577 bytes, which do not fit into 4 MiB of memory several times over.",
        full.getMessage());
    assertTrue(full.remedy().contains("SOFT4J_HEAP"), full.remedy());
  }

  /** Linux says that the files below /proc have no bytes, and gives some. */
  @Test
  void aFileThatHoldsMoreThanItSaysIsBoundedToo() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.isReadable(status), "there is no " + status);
    assertTrue(InputFile.bytes(status, 1 << 20).length > 100);
    assertThrows(UserError.class, () -> InputFile.bytes(status, 100));
  }

  @Test
  void aPipeADeviceAndAFolderAreRefusedWithoutWaiting() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        Files.exists(Path.of("/dev/zero"))
            && new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
        "this system has no mkfifo");
    refused(pipe + " is no regular file", () -> InputFile.bytes(pipe, 9));
    refused("/dev/zero is no regular file", () -> InputFile.bytes(Path.of("/dev/zero"), 9));
    refused(folder + " is a folder, not a file.", () -> InputFile.open(folder));
    refused(pipe + " is no regular file", () -> WholeFile.read(pipe));
    refused(pipe + " is no regular file", () -> JsonLines.read(pipe, line -> {}));
    refused(pipe + " is no regular file", () -> BoundedJson.document(pipe, "none"));
    refused(pipe + " is no regular file", () -> Csv.read(pipe));
    refused(pipe + " is no regular file", () -> AppendLog.open(pipe));
    refused(pipe + " is no regular file", () -> Sha256.of(pipe));
  }

  @Test
  void aMissingFileIsLeftToTheCaller() {
    assertThrows(NoSuchFileException.class, () -> InputFile.bytes(folder.resolve("none"), 9));
  }

  private static void refused(String why, Executable reading) {
    UserError error =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> assertThrows(UserError.class, reading));
    assertTrue(error.getMessage().startsWith(why), error.getMessage());
  }
}
