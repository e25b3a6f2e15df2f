package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.eval.files.Answer;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.scripted.AtOnceModel;
import org.soft4j.lm.scripted.ScriptedModel;
import org.soft4j.lm.tokenizer.ChatFormat;

/** A judge in this process whose model computes three chunks of calls at once. */
class ChunksAtOnceJudgingTest {
  private static final ChatFormat FORMAT =
      messages ->
          messages.stream()
              .map(m -> m.role().charAt(0) + m.content())
              .collect(Collectors.joining());

  @TempDir Path folder;

  private static LocalJudge judge(boolean several) {
    ScriptedModel one =
        new ScriptedModel(
            (trainings, request) ->
                ScriptedModel.says("[[" + request.context().length() % 10 + "]]", 0.5),
            (trainings, request) ->
                ScriptedModel.scores(request, 0.1 + request.context().hashCode() % 7 / 100.0));
    LanguageModel model = several ? new AtOnceModel(one, 3) : one;
    return new LocalJudge(model, FORMAT);
  }

  private String cache(boolean several, String name, Cancellation cancel) throws IOException {
    Answer[] answers =
        IntStream.range(0, 45)
            .mapToObj(i -> JudgingTest.answer("" + i, "m", "x".repeat(i)))
            .toArray(Answer[]::new);
    Path file = folder.resolve(name);
    try (CallCache cache = CallCache.open(file)) {
      new Judging(judge(several), cache)
          .run(new Single(JudgingTest.request(answers)), done -> {}, cancel);
    }
    return Files.readString(file);
  }

  /** Expected: the replies of a judge whose model takes one chunk of 8 after the other. */
  @Test
  void repliesAreTheSameAlsoStoppedAndResumed() throws IOException {
    String one = cache(false, "one", Cancellation.NEVER);
    assertEquals(45, one.lines().count());
    assertEquals(one, cache(true, "three", Cancellation.NEVER));
    int[] left = {30};
    assertThrows(CancellationException.class, () -> cache(true, "stopped", () -> --left[0] < 0));
    assertEquals(24, Files.readString(folder.resolve("stopped")).lines().count());
    assertEquals(one, cache(true, "stopped", Cancellation.NEVER));
  }

  /** Expected: each chunk's replies as {@link Judge#answer} gives them; the last chunk is mixed. */
  @Test
  void choicesAreScoredInChunksAtOnce() {
    List<List<Call>> chosen =
        List.of(List.of(call(1, true)), List.of(call(2, true), call(3, true)));
    List<List<Call>> mixed =
        List.of(List.of(call(1, true)), List.of(call(2, false), call(3, true)));
    for (List<List<Call>> chunks : List.of(chosen, mixed)) {
      List<List<Reply>> replies = new ArrayList<>();
      judge(true).answerChunks(chunks, (chunk, found) -> replies.add(found), Cancellation.NEVER);
      for (int chunk = 0; chunk < chunks.size(); chunk++) {
        Reply[] alone = new Reply[chunks.get(chunk).size()];
        judge(false).answer(chunks.get(chunk), (i, r) -> alone[i] = r, Cancellation.NEVER);
        assertEquals(List.of(alone), replies.get(chunk));
      }
    }
  }

  private static Call call(int number, boolean choosing) {
    List<String> choices = choosing ? List.of("m", "M") : List.of();
    return new Call("p", "a", "", "judge " + number, 0, 8, choices, 0);
  }
}
