package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path temp;

  @Test
  void leftoversOfAKilledWriteAreRemoved() throws IOException {
    Files.writeString(temp.resolve("metrics.csv.unfinished"), "ha");
    try (RunFolder folder = RunFolder.open(temp)) {
      assertFalse(folder.has("metrics.csv.unfinished"));
      folder.write("a/b.txt", "x");
      assertEquals("x", folder.read("a/b.txt"));
    }
  }

  @Test
  void aFullDiskIsTheUsersToMend() {
    // Linux keeps a device on which every write fails for want of space.
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    IOException cause = assertThrows(IOException.class, () -> Files.write(full, new byte[] {1}));
    UserError error = FileFault.of(temp.resolve("labels.jsonl"), cause);
    assertTrue(error.getMessage().contains("The disk is full"), error.getMessage());
    assertTrue(error.remedy().contains("--resume"));
  }

  /** The C library speaks the language of its user; these are its words under de_DE. */
  @Test
  void theDiskIsAskedWhereTheSystemsWordsAreForeign() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    IOException cause = new FileSystemException("f", null, "Ist kein Verzeichnis");
    UserError error = FileFault.of(file.resolve("labels.jsonl"), cause);
    assertTrue(error.getMessage().endsWith("a file of that name is in the way."), error::toString);
    assertEquals(
        "a file is in the way of a folder", DiskReason.of(file.resolve("labels.jsonl"), cause));
    assertEquals("Ist kein Verzeichnis", DiskReason.of(temp.resolve("labels.jsonl"), cause));
  }

  @Test
  void aFolderThatCannotBeMadeIsNoMissingFile() {
    // Linux lets nobody make anything in /proc, and says that it is not there.
    assumeTrue(Files.exists(Path.of("/proc/self")), "no /proc on this system");
    Path nowhere = Path.of("/proc/soft4j");
    UserError folder = assertThrows(UserError.class, () -> RunFolder.open(nowhere));
    assertEquals("The folder /proc/soft4j cannot be made.", folder.getMessage());
    assertTrue(folder.remedy().contains("--out"), folder.remedy());
    UserError file = assertThrows(UserError.class, () -> WholeFile.write(nowhere, "x"));
    assertTrue(file.getMessage().startsWith("/proc/soft4j cannot be made"), file.getMessage());
  }

  @Test
  void theFolderThatOneIsInIsAFolderToo() throws IOException {
    // Its path is empty, and nothing stands above an empty path.
    String name = "appended-" + System.nanoTime();
    try (RunFolder folder = RunFolder.open(Path.of(""))) {
      folder.append(name, "x");
      assertEquals("x\n", folder.read(name));
      folder.delete(name);
    }
  }

  @Test
  void textThatIsNotUtf8IsNamed() throws IOException {
    Path file = Files.write(temp.resolve("x"), new byte[] {(byte) 0xff, (byte) 0xfe});
    UserError error = assertThrows(UserError.class, () -> WholeFile.read(file));
    assertTrue(error.getMessage().contains("not UTF-8"));
  }

  @Test
  void brokenJsonLinesNameTheLine() {
    UserError error =
        assertThrows(
            UserError.class, () -> Json.readLines("{}\n{x", java.util.Map.class, "labels.jsonl"));
    assertTrue(error.getMessage().startsWith("labels.jsonl, line 2"), error.getMessage());
  }

  /** Some editors put it before a file that they save: it is no part of settings or rows. */
  @Test
  void aByteOrderMarkIsNoTextAndIsLeftOutOnce() throws IOException {
    Path file = temp.resolve("settings.json");
    byte[] marked = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'};
    Files.write(file, marked);
    assertEquals("{}", WholeFile.read(file));
    try (RunFolder folder = RunFolder.open(temp)) {
      assertEquals("{}", folder.read("settings.json"));
    }
    // Within the text it is a character as any other, which must not vanish.
    Files.writeString(file, "\ufeff\ufeffa\ufeff");
    assertEquals("\ufeffa\ufeff", WholeFile.read(file));
  }
}
