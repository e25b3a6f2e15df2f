package org.soft4j.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;

class TensorBoardTest {
  @TempDir Path temp;

  private final List<String> said = new ArrayList<>();

  private void send(Path run) {
    assertTrue(
        Tracking.of(run, List.of("tensorboard:" + temp.resolve("board")), said::add).sendAll(),
        said::toString);
  }

  private String events(String run) throws IOException {
    Path file = temp.resolve("board").resolve(run).resolve("events.out.tfevents.0.soft4j");
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  @Test
  void aFileGrowsWithTheRunAndHoldsEachPointOnce() throws IOException {
    Path run = RunFixture.begun(temp.resolve("a"));
    send(run);
    String first = events("a");
    send(run);
    assertEquals(first, events("a"));
    RunFixture.round(run, 1, "truth,0,mc1,0.5");
    send(run);

    String all = events("a");
    assertTrue(all.startsWith(first));
    assertEquals(2, count(all, "truth/mc1/0-shot"));
    assertEquals(3, count(all, "training/loss"));
    assertEquals(1, count(all, "training.rank"), "settings stand there once");
  }

  /** Points of a tag whose steps begin again would be dropped by TensorBoard. */
  @Test
  void trainingStepsCountOverAllRounds() {
    Path run = RunFixture.begun(temp.resolve("a"));
    RunFixture.round(run, 1, "truth,0,mc1,0.5");
    RunFixture.round(run, 2, "truth,0,mc1,0.5");

    List<Long> steps =
        new TrackedRun(run)
            .points().stream()
                .filter(point -> point.name().equals("training/loss"))
                .map(TrackedRun.Point::step)
                .toList();

    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L), steps);
  }

  @Test
  void anotherRunOfTheSameNameGetsAFolderOfItsOwn() throws IOException {
    send(RunFixture.begun(temp.resolve("a")));
    send(RunFixture.begun(temp.resolve("elsewhere/a")));

    assertEquals(1, count(events("a"), "truth/mc1"));
    assertEquals(1, count(events("a-2"), "truth/mc1"));
  }

  @Test
  void aFolderThatWasEmptiedIsFilledAgain() throws IOException {
    Path run = RunFixture.begun(temp.resolve("a"));
    send(run);
    Files.delete(temp.resolve("board/a/events.out.tfevents.0.soft4j"));

    send(run);

    assertEquals(1, count(events("a"), "truth/mc1"));
  }

  /** A run's folder may come from anywhere. */
  @Test
  void noNameInAFolderLeadsOutOfTheOneThatWasGiven() throws IOException {
    Path run = RunFixture.begun(temp.resolve("a"));
    String target = "tensorboard:" + temp.resolve("board");
    new Sent(target, "../../out", 0, 0, false).write(run);

    assertEquals(false, Tracking.of(run, List.of(target), said::add).sendAll());
    assertTrue(said.get(0).contains("tracking.json names a run"), said::toString);
    assertTrue(Files.notExists(temp.resolve("out")));
  }

  @Test
  void aPlaceThatIsNoneIsRefused() {
    for (String wrong :
        List.of(
            "wandb:x", "tensorboard:", "mlflow", "mlflow:ftp://h", "mlflow:http://u:p@h:1", "")) {
      try {
        Tracking.of(temp, List.of(wrong), said::add);
        throw new AssertionError("taken: " + wrong);
      } catch (UserError refused) {
        assertTrue(!refused.getMessage().contains("u:p"), refused::toString);
      }
    }
  }
}
