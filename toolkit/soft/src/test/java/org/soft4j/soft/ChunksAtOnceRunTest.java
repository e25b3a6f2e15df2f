package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Resolved;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.scripted.AtOnceModel;
import org.soft4j.lm.scripted.ScriptedModel;

/** Runs with a model that computes three chunks at once and finishes the last one first. */
class ChunksAtOnceRunTest {
  private static final Map<String, String> BY_RESPONSE =
      Map.of("labelling.chunk", "3", "curriculum.difficulty", "response_perplexity");
  private static final Map<String, String> BY_PROMPT =
      Map.of("labelling.chunk", "3", "curriculum.difficulty", "prompt_perplexity");

  @TempDir Path temp;

  private static TrainableModel several() {
    return new AtOnceModel(World.model(Integer.MAX_VALUE), 3);
  }

  private void run(TrainableModel model, String name, Map<String, String> how, Cancellation stop) {
    Resolved<SoftSettings> settings = World.settings().with(how, "test");
    SoftRun.resume(World.inputs(24), settings, temp.resolve(name), false)
        .execute(model, World::evaluation, RunEvents.NONE, stop);
  }

  /** Content of every file but the timings. */
  private Map<String, String> files(String name) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    Path folder = temp.resolve(name);
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path p : inside.filter(Files::isRegularFile).toList()) {
        if (!p.endsWith("timings.jsonl")) {
          contents.put(folder.relativize(p).toString(), Files.readString(p));
        }
      }
    }
    return contents;
  }

  /** Expected: the files of the same run with a model that takes one chunk after the other. */
  @Test
  void aRunHasTheSameFilesAlsoStoppedAndResumed() throws IOException {
    for (Map<String, String> how : List.of(BY_RESPONSE, BY_PROMPT)) {
      String name = how.get("curriculum.difficulty");
      run(World.model(Integer.MAX_VALUE), name + "-one", how, Cancellation.NEVER);
      Map<String, String> expected = files(name + "-one");
      run(several(), name + "-three", how, Cancellation.NEVER);
      assertEquals(expected, files(name + "-three"));

      int stops = 0;
      for (boolean ended = false; !ended; ) {
        int[] left = {20 + 10 * stops};
        try {
          run(several(), name + "-stopped", how, () -> --left[0] < 0);
          ended = true;
        } catch (CancellationException stopped) {
          stops++;
        }
      }
      assertTrue(stops > 1, stops + " stops");
      assertEquals(expected, files(name + "-stopped"));
    }
  }

  /** Chunks of 3 in threes: the fifth chunk is refused in the second three, which begins at 9. */
  @Test
  void aRefusedChunkKeepsThoseBeforeIt() {
    ScriptedModel refusing =
        new ScriptedModel(
            (trainings, request) -> {
              if (request.context().contains("tell 13 now")) {
                throw new UserError("13 is refused.", "Leave it out.");
              }
              return ScriptedModel.says("it is so", 0.5);
            },
            (trainings, request) -> ScriptedModel.scores(request, 0.5));
    UserError refused =
        assertThrows(
            UserError.class,
            () -> run(new AtOnceModel(refusing, 3), "bad", BY_RESPONSE, Cancellation.NEVER));
    assertEquals("13 is refused.", refused.problem());
    assertEquals(
        List.of("0000000.jsonl", "0000003.jsonl", "0000006.jsonl", "0000009.jsonl"),
        chunks("bad/round-0/difficulty.jsonl.chunks"));
  }

  private List<String> chunks(String folder) {
    try (Stream<Path> inside = Files.list(temp.resolve(folder))) {
      return inside.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Stopped when the first three chunks of three prompts have been written. */
  @Test
  void aStopTellsWhatIsKept() {
    Path chunks = temp.resolve("stop/round-0/difficulty.jsonl.chunks");
    StoppedWork stopped =
        assertThrows(
            StoppedWork.class,
            () ->
                run(
                    several(),
                    "stop",
                    BY_RESPONSE,
                    () -> Files.exists(chunks.resolve("0000006.jsonl"))));
    assertEquals("9 of 24 are kept in " + chunks, stopped.getMessage());
  }
}
