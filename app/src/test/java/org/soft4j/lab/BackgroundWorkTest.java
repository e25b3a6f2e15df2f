package org.soft4j.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;

@Timeout(20)
class BackgroundWorkTest {
  private final List<String> heard = new ArrayList<>();
  private final Thread caller = Thread.currentThread();
  private final Labs.Listener watch =
      new Labs.Listener(
          () ->
              (what, total, unit) -> {
                hear("start " + what + " " + total + " " + unit);
                return new Progress.Step() {
                  @Override
                  public void advance(long units) {
                    hear("advance " + units);
                  }

                  @Override
                  public void close() {
                    hear("close");
                  }
                };
              },
          line -> hear("note " + line));

  private void hear(String event) {
    assertEquals(caller, Thread.currentThread(), "a page takes output from the cell's thread");
    heard.add(event);
  }

  @Test
  void whatTheWorkTellsIsHeardOnTheCallersThreadInItsOrder() {
    int result =
        BackgroundWork.run(
            watch,
            (progress, notes, cancel) -> {
              try (Progress.Step step = progress.start("labelling", 5, "prompts")) {
                step.advance(2);
                notes.accept("half");
                step.advance(3);
              }
              return 7;
            });

    assertEquals(7, result);
    assertEquals(
        List.of("start labelling 5 prompts", "advance 2", "note half", "advance 3", "close"),
        heard);
  }

  @Test
  void aFaultOfTheWorkIsTheCallersFault() {
    UserError thrown =
        assertThrows(
            UserError.class,
            () ->
                BackgroundWork.run(
                    watch,
                    (progress, notes, cancel) -> {
                      throw new UserError("no such file", "check its name");
                    }));
    assertEquals("check its name", thrown.remedy());
  }

  @Test
  void theWorkIsAskedToStopAndIsItselfNeverInterrupted() {
    boolean[] interrupted = new boolean[1];
    Thread.currentThread().interrupt();

    assertThrows(
        CancellationException.class,
        () ->
            BackgroundWork.run(
                watch,
                (progress, notes, cancel) -> {
                  while (!cancel.requested()) {
                    Thread.onSpinWait();
                  }
                  interrupted[0] = Thread.currentThread().isInterrupted();
                  cancel.check();
                  return 0;
                }));

    assertTrue(!interrupted[0]);
    assertTrue(!Thread.interrupted());
  }

  @Test
  void aSecondInterruptDoesNotWaitForWorkThatDoesNotStop() {
    CountDownLatch never = new CountDownLatch(1);
    Thread user =
        new Thread(
            () -> {
              for (int i = 0; i < 2; i++) {
                try {
                  Thread.sleep(200);
                } catch (InterruptedException unexpected) {
                  return;
                }
                caller.interrupt();
              }
            });
    user.start();

    assertThrows(
        CancellationException.class,
        () ->
            BackgroundWork.run(
                watch,
                (progress, notes, cancel) -> {
                  try {
                    never.await();
                  } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                  }
                  return 0;
                }));
    never.countDown();
  }
}
