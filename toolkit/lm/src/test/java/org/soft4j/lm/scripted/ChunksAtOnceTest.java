package org.soft4j.lm.scripted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.UserError;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/**
 * What every model promises of several chunks, shown on one that computes them in turn (1) and on
 * one that computes three on threads and finishes the last one first.
 */
class ChunksAtOnceTest {
  /** Says every context in capitals; refuses the one that is "bad". */
  private static LanguageModel model(int atOnce) {
    ScriptedModel scripted =
        new ScriptedModel(
            (trainings, request) -> {
              if (request.context().equals("bad")) {
                throw new UserError("This text is bad.", "Give another.");
              }
              return ScriptedModel.says("said " + request.context(), 0.5);
            },
            (trainings, request) -> ScriptedModel.scores(request, 0.5));
    return atOnce == 1 ? scripted : new AtOnceModel(scripted, atOnce);
  }

  private static List<List<GenerationRequest>> chunks(String... texts) {
    return IntStream.range(0, (texts.length + 1) / 2)
        .mapToObj(
            chunk ->
                List.of(texts).subList(2 * chunk, Math.min(2 * chunk + 2, texts.length)).stream()
                    .map(t -> new GenerationRequest(t, Sampling.GREEDY, 4, List.of(), 0))
                    .toList())
        .toList();
  }

  private static final class Heard implements ChunkSink<Generation> {
    private final List<String> chunks = new ArrayList<>();
    private int items;

    @Override
    public void accept(int chunk, List<Generation> results) {
      chunks.add(chunk + " " + results.stream().map(Generation::text).toList());
    }

    @Override
    public void advanced(int more) {
      items += more;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void chunksComeInTheirOrderAndEveryItemIsHeardOfOnce(int atOnce) {
    Heard heard = new Heard();
    model(atOnce)
        .generateChunks(chunks("a", "b", "c", "d", "e", "f", "g", "h", "i"), heard, () -> false);
    assertEquals(
        List.of(
            "0 [said a, said b]",
            "1 [said c, said d]",
            "2 [said e, said f]",
            "3 [said g, said h]",
            "4 [said i]"),
        heard.chunks);
    assertEquals(9, heard.items);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRefusalComesAsItselfBehindTheChunksBeforeIt(int atOnce) {
    Heard heard = new Heard();
    UserError refused =
        assertThrows(
            UserError.class,
            () ->
                model(atOnce)
                    .generateChunks(chunks("a", "b", "c", "bad", "e", "f"), heard, () -> false));
    assertEquals("This text is bad.", refused.problem());
    assertEquals(List.of("0 [said a, said b]"), heard.chunks);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatWasHandedOverBeforeACancellationStays(int atOnce) {
    Heard heard = new Heard();
    assertThrows(
        CancellationException.class,
        () ->
            model(atOnce)
                .generateChunks(
                    chunks("a", "b", "c", "d", "e", "f", "g", "h"),
                    heard,
                    () -> heard.chunks.size() == 3));
    assertEquals(3, heard.chunks.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void scoresAndWholeTextsComeInChunksLikewise(int atOnce) {
    List<String> heard = new ArrayList<>();
    ChunkSink<Score> sink =
        (chunk, scores) -> heard.add(chunk + " " + scores.stream().map(Score::tokens).toList());
    model(atOnce)
        .scoreChunks(
            List.of(
                List.of(new ScoreRequest("x", "one"), new ScoreRequest("x", "one two")),
                List.of(new ScoreRequest("x", "one two three"))),
            sink,
            () -> false);
    model(atOnce)
        .scoreWholeChunks(List.of(List.of("", "a b"), List.of("a b c d")), sink, () -> false);
    assertEquals(List.of("0 [1, 2]", "1 [3]", "0 [0, 2]", "1 [4]"), heard);
  }

  @Test
  void aModelWantsOneChunkAtATimeUnlessItSaysOtherwise() {
    assertEquals(1, model(1).chunksAtOnce());
    assertEquals(3, model(3).chunksAtOnce());
  }
}
