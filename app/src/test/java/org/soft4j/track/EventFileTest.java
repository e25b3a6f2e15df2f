package org.soft4j.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path temp;

  /** Written by TensorBoard's own writer: tools/golden/tensorboard_events.py. */
  @Test
  void theBytesAreTensorBoardsOwn() throws IOException {
    EventFile events = new EventFile(1700000000.25);
    events.version();
    events.text("settings", "| setting | value |\n|---|---|\n| seed | 0 |\n");
    events.scalar("micro_truth/mc1/0-shot", 0, 0.25);
    events.scalar("micro_truth/mc1/0-shot", 1, 0.5);
    events.scalar("training/loss", 300, -1.5);
    events.scalar("ünïcode", 1, 0);
    events.scalar("training/loss", 301, Double.POSITIVE_INFINITY);

    try (InputStream golden = EventFileTest.class.getResourceAsStream("events.golden")) {
      assertArrayEquals(golden.readAllBytes(), events.content());
    }
  }

  @Test
  void whatAKillHasCutOffGoesBeforeMoreIsAppended() throws IOException {
    Path file = temp.resolve("events");
    EventFile first = new EventFile(1);
    first.version();
    long whole = first.append(file, 0);
    Files.write(file, new byte[] {1, 2, 3}, java.nio.file.StandardOpenOption.APPEND);
    EventFile second = new EventFile(1);
    second.scalar("a", 1, 1);

    long now = second.append(file, whole);

    assertEquals(first.content().length + second.content().length, now);
    assertEquals(now, Files.size(file));
  }
}
