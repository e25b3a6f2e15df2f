package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.JudgeCall;
import org.soft4j.eval.judge.JudgeModel;
import org.soft4j.eval.judge.JudgePrompt;
import org.soft4j.eval.judge.JudgePrompts;
import org.soft4j.eval.judge.JudgeReply;
import org.soft4j.eval.judge.JudgedAnswer;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.JudgingRequest;
import org.soft4j.eval.judge.ModelOutput;
import org.soft4j.eval.judge.References;
import org.soft4j.lm.Sink;

class JudgeStageTest {
  private static final JudgePrompts PROMPTS =
      new JudgePrompts(
          Map.of("single-v1", new JudgePrompt("single-v1", "", "Q {question} A {answer}")));

  @TempDir Path folder;
  private final StringBuilder said = new StringBuilder();

  /** Nothing is the mean of nothing: null in JSON, an empty cell, and how many were not read. */
  @Test
  void aJudgeWithoutAnyVerdictGivesNoNumber() throws IOException {
    List<JudgedAnswer> answers = List.of(answer("1", "x"), answer("2", "y"));
    stage().single(JudgingRequest.of(answers, PROMPTS, References.NONE));
    String summary = Files.readString(folder.resolve("summary.json"));
    assertFalse(summary.contains("NaN"), summary);
    for (String told :
        List.of("\"mean\" : null", "\"judged\" : 0", "\"unread\" : 2", "\"spread\" : null")) {
      assertTrue(summary.contains(told), summary);
    }
    assertTrue(said.toString().contains("Unparsed verdicts: 2 of 2 (100.0 %)"));
    List<ModelOutput> one = List.of(new ModelOutput("i", "o", "base", ""));
    List<ModelOutput> other = List.of(new ModelOutput("i", "p", "m", ""));
    stage().alpaca(one, other, AlpacaForm.RANKING, 1);
    assertFalse(Files.readString(folder.resolve("summary.json")).contains("NaN"));
    assertFalse(Files.readString(folder.resolve("leaderboard.csv")).contains("NaN"));
  }

  private static JudgedAnswer answer(String id, String text) {
    return new JudgedAnswer(id, "writing", List.of("q" + id), List.of(text), "m");
  }

  private JudgeStage stage() {
    Path cache = folder.resolve("c" + said.length() + ".jsonl");
    return new JudgeStage(
        new Judging(new Undecided(), CallCache.open(cache)),
        CostGate.SHUT,
        folder,
        Progress.SILENT,
        Cancellation.NEVER,
        said::append);
  }

  /** A judge that never comes to a verdict. */
  private record Undecided() implements JudgeModel {
    @Override
    public String name() {
      return "undecided";
    }

    @Override
    public String identity() {
      return "undecided";
    }

    @Override
    public boolean charges() {
      return false;
    }

    @Override
    public int chunk() {
      return 1;
    }

    @Override
    public void answer(List<JudgeCall> calls, Sink<JudgeReply> sink, Cancellation cancel) {
      for (int i = 0; i < calls.size(); i++) {
        sink.accept(i, new JudgeReply("fine", Map.of(), 10, 2));
      }
    }
  }
}
