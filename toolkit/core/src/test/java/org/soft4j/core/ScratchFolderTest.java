package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.LockProcess.Words;

class ScratchFolderTest {
  @TempDir Path temp;

  @Test
  void itIsGoneWhenItIsClosed() throws IOException {
    try (ScratchFolder scratch = ScratchFolder.in(temp, "scratch-")) {
      Files.writeString(Files.createDirectory(scratch.root().resolve("a")).resolve("b"), "x");
    }
    assertEquals(0, entries());
  }

  @Test
  void thatOfAKilledProcessGoesWithTheNextAndThatOfALivingOneStays() throws Exception {
    Path theirs = Files.createDirectory(temp.resolve("scratch-of-somebody"));
    try (LockProcess living = LockProcess.start(Words.SCRATCH, temp)) {
      Path kept = Files.writeString(Path.of(living.said()).resolve("x"), "kept");
      try (LockProcess killed = LockProcess.start(Words.SCRATCH, temp)) {
        Files.writeString(Path.of(killed.said()).resolve("y"), "left");
        killed.kill();
        assertTrue(Files.exists(Path.of(killed.said())));
        try (ScratchFolder mine = ScratchFolder.in(temp, "scratch-")) {
          assertTrue(Files.exists(mine.root()));
          assertFalse(Files.exists(Path.of(killed.said())));
          assertEquals("kept", Files.readString(kept));
        }
      }
    }
    assertTrue(Files.exists(theirs));
    assertEquals(1, entries());
  }

  private long entries() throws IOException {
    try (Stream<Path> inside = Files.list(temp)) {
      return inside.count();
    }
  }
}
