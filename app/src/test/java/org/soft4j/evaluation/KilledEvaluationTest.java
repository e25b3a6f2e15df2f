package org.soft4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.kills.CommandProcess;

/** What a kill has left half-written ends with the bytes of an evaluation left in peace. */
@Timeout(600)
@Tag("slow")
class KilledEvaluationTest {
  private static final String COMMAND =
      "eval --model micro-1 --tasks micro_* --shots 0,1 --limit 60 --threads 1 --seed 3";
  @TempDir static Path folder;
  private static Map<String, String> undisturbed;

  @BeforeAll
  static void evaluateInPeace() throws Exception {
    CommandProcess whole = start(folder.resolve("peace/run"));
    assertEquals(0, whole.end(), whole.printed());
    undisturbed = CommandProcess.files(folder.resolve("peace/run"));
    assertTrue(undisturbed.containsKey("micro_answers-1shot.jsonl"), undisturbed.toString());
    assertFalse(undisturbed.containsKey("answers.chunks"), "what was under way is removed");
    String record = Files.readString(folder.resolve("peace/run/eval.json"));
    assertTrue(record.contains("\"bos\" : \"auto\""), record);
    assertTrue(whole.printed().matches("(?s).*measured in [0-9.]+ s; .*"), whole.printed());
  }

  /** What the kill left of the chunk that was being written is no part of the result. */
  @Test
  void aChunkThatWasHalfWrittenIsComputedAgain() throws Exception {
    Path killed = folder.resolve("half/run");
    CommandProcess process = start(killed);
    List<Path> chunks = killedAfterChunks(killed, 2, process);
    Path last = chunks.get(chunks.size() - 1);
    String text = Files.readString(last);
    Path beside =
        last.resolveSibling(String.format(Locale.ROOT, "%06d.jsonl.unfinished", chunks.size()));
    Files.writeString(beside, text.substring(0, text.length() / 2));
    resumed(killed);
  }

  /** Moving a file into its place is not atomic on every file system. */
  @Test
  void aChunkThatIsCutOffIsComputedAgain() throws Exception {
    Path killed = folder.resolve("cut/run");
    CommandProcess process = start(killed);
    List<Path> chunks = killedAfterChunks(killed, 3, process);
    Path last = chunks.get(chunks.size() - 1);
    String text = Files.readString(last);
    Files.writeString(last, text.substring(0, text.length() / 2));
    resumed(killed);
  }

  private static CommandProcess start(Path run) throws IOException {
    return CommandProcess.start(
        run.resolveSibling(run.getFileName() + ".log"),
        List.of((COMMAND + " --resume --out " + run).split(" ")));
  }

  private static List<Path> killedAfterChunks(Path run, int least, CommandProcess process)
      throws Exception {
    Path store = run.resolve("answers.chunks");
    while (chunks(store).size() < least && process.await(run, 1) > 0) {
      // Each round is a change of the folder.
    }
    process.kill();
    List<Path> chunks = chunks(store);
    assertTrue(chunks.size() >= least, "ended before there were chunks: " + process.printed());
    return chunks;
  }

  private static List<Path> chunks(Path store) throws IOException {
    if (!Files.isDirectory(store)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(store)) {
      return inside.filter(p -> p.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static void resumed(Path killed) throws Exception {
    CommandProcess last = start(killed);
    assertEquals(0, last.end(), last.printed());
    Map<String, String> files = CommandProcess.files(killed);
    assertEquals(undisturbed.keySet(), files.keySet());
    undisturbed.forEach((file, digest) -> assertEquals(digest, files.get(file), file));
  }
}
