package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Progress;

class ConsoleProgressTest {
  @Test
  void aLineThatCannotWaitIsPrintedAtOnce() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ConsoleProgress(new PrintStream(bytes, true), false).say("attempt 1 of 8 failed");
    assertEquals(
        "attempt 1 of 8 failed\n", bytes.toString(StandardCharsets.UTF_8).replace("\r", ""));
  }

  @Test
  void withoutATerminalALineComesEveryTenSecondsWithRateAndTimeLeft() {
    AtomicLong seconds = new AtomicLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ConsoleProgress progress =
        new ConsoleProgress(
            new PrintStream(bytes, true), false, () -> seconds.get() * 1_000_000_000L);
    try (Progress.Step step = progress.start("labelling", 100, "prompts")) {
      for (int i = 0; i < 100; i += 10) {
        seconds.addAndGet(2);
        step.advance(10);
      }
    }
    // 10 prompts every 2 s are 5 a second; the line at 20 s is the closing one
    assertEquals(
        """
        labelling: 50/100 prompts in 10.0 s, 5.0/s, 10.0 s left
        labelling: 100/100 prompts in 20.0 s, 5.0/s
        """,
        bytes.toString(StandardCharsets.UTF_8).replace("\r", ""));
  }
}
