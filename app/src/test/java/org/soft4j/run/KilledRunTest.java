package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed and resumed ends with the bytes of one that was left in peace. */
@Timeout(600)
class KilledRunTest {
  private static final int KILLS = 6;
  // Other places are tried with -Dsoft4j.kill.seed=N.
  private static final long SEED = Long.getLong("soft4j.kill.seed", 5);

  @TempDir static Path folder;
  private static Map<String, String> undisturbed;
  private static int changes;

  @BeforeAll
  static void runInPeace() throws Exception {
    // The folder's own name stands in the report: all runs here are called "run".
    Path peace = folder.resolve("peace/run");
    RunProcess run = RunProcess.start(peace);
    changes = run.await(Integer.MAX_VALUE);
    assertEquals(0, run.end(), run.printed());
    undisturbed = RunProcess.files(peace);
    assertTrue(undisturbed.containsKey("round-2/adapter/adapter_model.safetensors"));
    assertTrue(undisturbed.containsKey("report.html"));
  }

  @Test
  void killsAtRandomPlacesLeaveNoTrace() throws Exception {
    Random random = new Random(SEED);
    Path killed = folder.resolve("killed/run");
    List<String> places = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      RunProcess run = RunProcess.start(killed);
      int place = 1 + random.nextInt(2 * changes / (KILLS + 1));
      run.await(place);
      Thread.sleep(random.nextInt(30));
      places.add(place + (run.alive() ? "" : " (had ended)"));
      run.kill();
    }
    System.out.printf("kill seed %s: after %s of %s changes%n", SEED, places, changes);
    RunProcess last = RunProcess.start(killed);
    assertEquals(0, last.end(), last.printed());
    assertSame(undisturbed, RunProcess.files(killed));
  }

  @Test
  void ctrlCSaysHowToGoOnAndLosesNothing() throws Exception {
    assumeTrue(Path.of("/bin/kill").toFile().canExecute(), "no kill command to send SIGINT with");
    Path stopped = folder.resolve("stopped/run");
    RunProcess run = RunProcess.start(stopped);
    // By a file and not by changes seen: how many one sees of a fast run varies by more than half.
    run.awaitFile("round-1/labels.jsonl");
    run.interrupt();
    assertEquals(130, run.end(), run.printed());
    assertTrue(
        run.printed().contains("go on with: ./soft4j run --resume --out " + stopped),
        run.printed());
    assertFalse(run.printed().contains("Exception"), run.printed());
    RunProcess again = RunProcess.start(stopped);
    assertEquals(0, again.end(), again.printed());
    assertSame(undisturbed, RunProcess.files(stopped));
  }

  private static void assertSame(Map<String, String> expected, Map<String, String> seen)
      throws IOException {
    assertEquals(expected.keySet(), seen.keySet());
    expected.forEach((file, digest) -> assertEquals(digest, seen.get(file), file));
  }
}
