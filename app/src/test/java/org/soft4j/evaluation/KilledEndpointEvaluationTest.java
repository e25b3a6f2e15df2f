package org.soft4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.kills.CommandProcess;

/** An evaluation of an endpoint in a process of its own, killed half-way and started again. */
@Timeout(300)
@Tag("slow")
class KilledEndpointEvaluationTest {
  private static final String KEY = "sk-a-key-that-nobody-shall-see";
  private static final int WIDTH = 3;
  private static final int BEFORE = 9;

  @TempDir Path folder;

  @Test
  void endsWithTheSameBytesAsksNothingTwiceAndLoadsNoEngine() throws Exception {
    try (ModelServer server = new ModelServer(true)) {
      // One reply goes to the question whether the server echoes at all.
      server.allow(BEFORE + 1);
      CommandProcess killed = start(server, "killed");
      Path single = folder.resolve("killed/answers.chunks/single.jsonl");
      while (lines(single) < BEFORE || server.answered.size() < BEFORE + 1) {
        assertTrue(killed.alive(), () -> printed("killed"));
        Thread.sleep(10);
      }
      List<String> kept = List.copyOf(server.answered);
      killed.kill();
      server.allow(Integer.MAX_VALUE);
      assertEquals(0, start(server, "killed", "--resume").end(), () -> printed("killed"));
      assertTrue(server.most() <= 2 * WIDTH, "calls of the killed process wait in the server too");
      List<String> asked = List.copyOf(server.answered);
      Set<String> distinct = new HashSet<>(asked);
      assertTrue(asked.size() - distinct.size() <= WIDTH, "calls under way at the kill are lost");
      List<String> later = asked.subList(kept.size(), asked.size());
      assertTrue(Collections.disjoint(kept, later), "what was kept is not asked again");

      server.answered.clear();
      assertEquals(0, start(server, "undisturbed").end(), () -> printed("undisturbed"));
      assertEquals(distinct, Set.copyOf(server.answered));
      assertEquals(distinct.size(), server.answered.size(), "each request is made once");
      assertTrue(
          server.keys.stream().allMatch(("Bearer " + KEY)::equals), "the server got the key");
    }
    assertEquals(files("undisturbed"), files("killed"));
    for (String name : List.of("killed", "undisturbed")) {
      String classes = Files.readString(folder.resolve(name + ".classes"));
      assertTrue(
          classes.contains("org.soft4j.lm.remote.RemoteModel"), "the list is one of classes");
      assertFalse(classes.contains("ai.djl.pytorch"), "the engine was touched");
    }
    for (Path file : written()) {
      assertFalse(Files.readString(file).contains(KEY.substring(0, 6)), file + " holds the key");
    }
  }

  private CommandProcess start(ModelServer server, String out, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "eval",
                "--tasks",
                "micro_truth,micro_answers",
                "--limit",
                "6",
                "--model",
                server.address(),
                "--model-name",
                "some/model",
                "--concurrency",
                String.valueOf(WIDTH),
                "--out",
                folder.resolve(out).toString()));
    words.addAll(List.of(more));
    return CommandProcess.start(
        folder.resolve(out + ".log"),
        words,
        Map.of("SOFT4J_API_KEY", KEY),
        List.of("-Xlog:class+load:file=" + folder.resolve(out + ".classes")));
  }

  private String printed(String out) {
    try {
      return Files.readString(folder.resolve(out + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).lines().count() : 0;
  }

  private Map<String, String> files(String out) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder.resolve(out))) {
      for (Path path : paths.filter(KilledEndpointEvaluationTest::compared).toList()) {
        texts.put(folder.resolve(out).relativize(path).toString(), Files.readString(path));
      }
    }
    assertTrue(
        texts.keySet().containsAll(List.of("micro_truth-0shot.jsonl", "metrics.csv", "model.json")),
        texts.keySet()::toString);
    return texts;
  }

  /** Times and the folder's name differ; both stand in the report and nowhere else besides. */
  private static boolean compared(Path path) {
    return Files.isRegularFile(path)
        && !path.endsWith("timings.jsonl")
        && !path.getFileName().toString().startsWith("report.");
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
