package org.soft4j.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.scripted.AtOnceModel;
import org.soft4j.lm.scripted.ScriptedModel;
import org.soft4j.settings.GenerationSettings;

/** Files of texts with a model that computes three chunks at once, the last one first. */
class ChunksAtOnceTextsTest {
  // Chunks are of 64 prompts and of 256 scores.
  private static final int PROMPTS = 64 * 5 + 7;
  private static final int SCORES = 256 * 5 + 7;

  @TempDir Path folder;
  private Path prompts;
  private Path pairs;

  @BeforeEach
  void inputs() throws IOException {
    prompts = folder.resolve("prompts.jsonl");
    pairs = folder.resolve("pairs.jsonl");
    Files.writeString(
        prompts,
        IntStream.range(0, PROMPTS)
            .mapToObj(i -> "{\"prompt\": \"tell " + i + "\"}\n")
            .collect(Collectors.joining()));
    Files.writeString(
        pairs,
        IntStream.range(0, SCORES)
            .mapToObj(i -> "{\"context\": \"tell " + i + "\", \"continuation\": \" a b\"}\n")
            .collect(Collectors.joining()));
  }

  private static ScriptedModel model(String refused) {
    return new ScriptedModel(
        (trainings, request) -> {
          if (request.context().equals(refused)) {
            throw new UserError("Refused.", "Leave it out.");
          }
          return ScriptedModel.says(request.context() + " " + request.seed(), 0.5);
        },
        (trainings, request) ->
            ScriptedModel.scores(request, 0.1 + (request.hashCode() & 0xff) / 1000.0));
  }

  private String generate(LanguageModel model, String name, Cancellation cancel)
      throws IOException {
    Path out = folder.resolve(name);
    new TextJobs(model, Progress.SILENT, cancel)
        .generate(
            prompts,
            out,
            new TextJobs.Writing(
                new GenerationSettings(128, 0, 1, 0, List.of()), 3, Optional.empty()));
    return Files.readString(out);
  }

  private String score(LanguageModel model, String name, Cancellation cancel) throws IOException {
    Path out = folder.resolve(name);
    new TextJobs(model, Progress.SILENT, cancel).score(pairs, out);
    return Files.readString(out);
  }

  /** Expected: the files of a model that takes one chunk after the other. */
  @Test
  void outputsAreTheSameAlsoStoppedAndResumed() throws IOException {
    String texts = generate(model("-"), "one", Cancellation.NEVER);
    assertEquals(PROMPTS, texts.lines().count());
    assertEquals(texts, generate(new AtOnceModel(model("-"), 3), "three", Cancellation.NEVER));
    String scores = score(model("-"), "one-scored", Cancellation.NEVER);
    assertEquals(scores, score(new AtOnceModel(model("-"), 3), "three-scored", Cancellation.NEVER));

    int[] left = {64 * 4};
    StoppedWork stopped =
        assertThrows(
            StoppedWork.class,
            () -> generate(new AtOnceModel(model("-"), 3), "stopped", () -> --left[0] < 0));
    assertTrue(
        stopped.getMessage().startsWith("192 of 327 prompts are kept in "), stopped.getMessage());
    assertEquals(texts, generate(new AtOnceModel(model("-"), 3), "stopped", Cancellation.NEVER));
  }

  /** Prompt 300 stands in the fifth chunk, so that four are kept. */
  @Test
  void aRefusedChunkKeepsThoseBeforeIt() throws IOException {
    UserError refused =
        assertThrows(
            UserError.class,
            () -> generate(new AtOnceModel(model("tell 300"), 3), "bad", Cancellation.NEVER));
    assertEquals("Refused.", refused.problem());
    Path part;
    try (var files = Files.list(folder)) {
      part = files.filter(f -> f.toString().endsWith(".part")).findFirst().orElseThrow();
    }
    assertEquals(64 * 4, Files.readString(part).lines().count());
    assertEquals(
        generate(model("-"), "one", Cancellation.NEVER),
        generate(new AtOnceModel(model("-"), 3), "bad", Cancellation.NEVER));
  }
}
