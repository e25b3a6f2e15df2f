package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.AlpacaEval;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.Call;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.FastChatPrompts;
import org.soft4j.eval.judge.FastChatRequest;
import org.soft4j.eval.judge.Judge;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Reply;
import org.soft4j.eval.judge.Single;
import org.soft4j.lm.Sink;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.remote.CostGate;

class JudgeStageTest {
  private static final FastChatPrompts PROMPTS =
      new FastChatPrompts(
          Map.of(
              "single-v1", new FastChatPrompts.Prompt("single-v1", "", "Q {question} A {answer}")));

  @TempDir Path folder;
  private final StringBuilder said = new StringBuilder();

  /** Nothing is the mean of nothing: null in JSON, an empty cell, and how many were not read. */
  @Test
  void aJudgeWithoutAnyVerdictGivesNoNumber() throws IOException {
    List<Answer> answers = List.of(answer("1", "x"), answer("2", "y"));
    stage().judge(new Single(new FastChatRequest(answers, PROMPTS, Map.of(), 1, 0, 2048)));
    String summary = Files.readString(folder.resolve("summary.json"));
    assertFalse(summary.contains("NaN"), summary);
    for (String told :
        List.of("\"mean\" : null", "\"judged\" : 0", "\"unread\" : 2", "\"spread\" : null")) {
      assertTrue(summary.contains(told), summary);
    }
    assertTrue(said.toString().contains("Unparsed verdicts: 2 of 2 (100.0 %)"));
    List<Answer> one = List.of(Answer.of("i", "o", "base", ""));
    List<Answer> other = List.of(Answer.of("i", "p", "m", ""));
    stage().judge(new AlpacaEval(one, other, AlpacaForm.RANKING, 1));
    assertFalse(Files.readString(folder.resolve("summary.json")).contains("NaN"));
    assertFalse(Files.readString(folder.resolve("leaderboard.csv")).contains("NaN"));
  }

  private static Answer answer(String id, String text) {
    return new Answer(id, "writing", List.of("q" + id), List.of(text), "m");
  }

  private JudgeStage stage() {
    Path cache = folder.resolve("c" + said.length() + ".jsonl");
    return new JudgeStage(
        new Judging(new Undecided(), CallCache.open(cache)),
        CostGate.SHUT,
        folder,
        new JudgeContext(LocalOpening::open, Progress.SILENT, Cancellation.NEVER, said::append));
  }

  /** A judge that never comes to a verdict. */
  private record Undecided() implements Judge {
    @Override
    public String name() {
      return "undecided";
    }

    @Override
    public String identity() {
      return "undecided";
    }

    @Override
    public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
      for (int i = 0; i < calls.size(); i++) {
        sink.accept(i, new Reply("fine", Map.of(), 10, 2, Set.of()));
      }
    }
  }
}
