package org.soft4j.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Progress;

class ConsoleProgressTest {
  private final AtomicLong seconds = new AtomicLong();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private ConsoleProgress progress(boolean terminal, int columns) {
    return new ConsoleProgress(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        terminal,
        () -> columns,
        () -> seconds.get() * 1_000_000_000L);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLineThatCannotWaitIsPrintedAtOnce() {
    progress(false, 80).say("attempt 1 of 8 failed");
    assertEquals("attempt 1 of 8 failed\n", written());
  }

  @Test
  void withoutATerminalALineComesEveryTenSecondsWithRateAndTimeLeft() {
    try (Progress.Step step = progress(false, 80).start("labelling", 100, "prompts")) {
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
        written());
  }

  /** 60 of 100 were there: 20 in 10 s are 2/s, and the 20 that are left take 10 s. */
  @Test
  void whatAnEarlierStartDidSaysNothingOfTheSpeed() {
    try (Progress.Step step = progress(false, 80).start("labelling", 100, "prompts")) {
      step.already(60);
      seconds.addAndGet(9);
      step.advance(18);
      seconds.addAndGet(1);
      step.advance(2);
    }
    assertEquals(
        "labelling: 80/100 prompts in 10.0 s, 2.0/s, 10.0 s left\nlabelling: 80/100 prompts in 10.0 s, 2.0/s\n",
        written());
  }

  @Test
  void onATerminalEachStepLeavesOneLineAndNoneIsWiderThanTheTerminal() {
    for (int columns : List.of(80, 60, 44)) {
      bytes.reset();
      ConsoleProgress progress = progress(true, columns);
      for (String what : List.of("labelling, round 1", "training, round 1")) {
        try (Progress.Step step = progress.start(what, 200, "prompts")) {
          seconds.addAndGet(4);
          step.advance(200);
          progress.say("a line between");
        }
      }
      progress.start("nothing to do", 5, "prompts").close();

      String text = written();
      for (String line : text.split("[\r\n]")) {
        assertTrue(line.length() < columns, line);
      }
      List<String> kept = lines(text);
      assertEquals(4, kept.size(), text);
      assertTrue(kept.get(1).startsWith("labelling"), text);
      assertTrue(kept.get(1).endsWith("50.0/s  in 4.0 s"), text);
      assertFalse(text.contains("?"), text);
    }
  }

  /** What a terminal shows in the end: a carriage return goes back, what follows overwrites. */
  private static List<String> lines(String text) {
    return Stream.of(text.split("\n"))
        .map(ConsoleProgressTest::shown)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String shown(String line) {
    StringBuilder screen = new StringBuilder();
    for (String part : line.split("\r")) {
      screen.replace(0, Math.min(part.length(), screen.length()), part);
    }
    return screen.toString().strip();
  }
}
