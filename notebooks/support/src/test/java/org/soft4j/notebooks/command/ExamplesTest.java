package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  @TempDir Path temp;

  @Test
  void theyAreCopiedOnceAndNeverOverAChangedFile() throws IOException {
    Path from = Path.of("..").toAbsolutePath().normalize();
    Path into = temp.resolve("mine");
    Path first = Pages.files().get(0).getFileName();
    int all = Pages.files().size();

    assertEquals(all + " examples copied to " + into, new Examples(from, into).copy());
    assertEquals(-1, Files.mismatch(from.resolve(first), into.resolve(first)));
    assertEquals("0 examples copied to " + into, new Examples(from, into).copy());

    Files.writeString(into.resolve(first), "mine");
    String said = new Examples(from, into).copy();
    assertEquals("mine", Files.readString(into.resolve(first)));
    assertTrue(said.endsWith("newer: " + first), said);
  }
}
