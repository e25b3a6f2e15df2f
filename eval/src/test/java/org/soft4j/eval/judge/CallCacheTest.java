package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.soft4j.eval.judge.JudgingTest.answer;
import static org.soft4j.eval.judge.JudgingTest.request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;
import org.soft4j.lm.remote.CostGate;

/** Replies are kept: no call is paid twice, across a stop, a kill and a second process. */
class CallCacheTest {
  @TempDir Path folder;

  private <J> Judging.Result<J> run(Protocol<J, ?> plan, Judge judge) {
    return JudgingTest.run(folder, plan, judge);
  }

  @Test
  void noCallIsMadeTwice() {
    FastChatRequest request = request(answer("1", "m", "x"), answer("2", "m", "y"));
    FakeJudge judge = new FakeJudge(1, call -> "[[5]]");
    Judging.Result<Rating> first = run(new Single(request), judge);
    Judging.Result<Rating> second = run(new Single(request), judge);
    assertEquals(first.judgments(), second.judgments());
    assertEquals(List.of(2, 0, 2), List.of(judge.asked.size(), second.calls(), second.known()));
    assertEquals(20, second.promptTokens(), "tokens of earlier calls count");
  }

  @Test
  void equalCallsOfTwoModelsAreOne() {
    FakeJudge judge = new FakeJudge(1, call -> "[[5]]");
    var grades = run(new Single(request(answer("1", "a", "x"), answer("1", "b", "x"))), judge);
    assertEquals(1, judge.asked.size());
    assertEquals(2, grades.judgments().size());
  }

  @Test
  void whateverChangesTheRequestIsAnotherCall() {
    Call call = new Call("p", "about", "s", "u", 0, 10, List.of(), 0);
    List<String> keys =
        List.of(
            call.key("judge"),
            call.key("another"),
            new Call("P", "about", "s", "u", 0, 10, List.of(), 0).key("judge"),
            new Call("p", "about", "S", "u", 0, 10, List.of(), 0).key("judge"),
            new Call("p", "about", "s", "U", 0, 10, List.of(), 0).key("judge"),
            new Call("p", "about", "su", "", 0, 10, List.of(), 0).key("judge"),
            new Call("p", "about", "s", "u", 1, 10, List.of(), 0).key("judge"),
            new Call("p", "about", "s", "u", 0, 11, List.of(), 0).key("judge"),
            new Call("p", "about", "s", "u", 0, 10, List.of("m"), 0).key("judge"),
            call.again(1).key("judge"));
    assertEquals(keys.size(), keys.stream().distinct().count());
    assertEquals(
        call.key("judge"),
        new Call("p", "other", "s", "u", 0, 10, List.of(), 0).key("judge"),
        "what it is about does not count");
  }

  @Test
  void aStoppedJudgingGoesOnInWholeChunks() {
    FastChatRequest request =
        request(
            IntStream.range(0, 7)
                .mapToObj(i -> answer("" + i, "m", "x" + i))
                .toArray(Answer[]::new));
    AtomicInteger replies = new AtomicInteger();
    FakeJudge stopped =
        new FakeJudge(
            3,
            call -> {
              replies.incrementAndGet();
              return "[[5]]";
            });
    try (CallCache cache = CallCache.open(folder.resolve("cache.jsonl"))) {
      assertThrows(
          CancellationException.class,
          () ->
              new Judging(stopped, cache)
                  .run(new Single(request), done -> {}, () -> replies.get() == 5));
    }
    FakeJudge resumed = new FakeJudge(3, call -> "[[5]]");
    Judging.Result<Rating> judged = run(new Single(request), resumed);
    // Of the second chunk two replies had come, and it is asked again as a whole.
    assertEquals(
        List.of("q5", "q4", "q3", "q6"),
        resumed.asked.stream().map(call -> call.user().split(" ")[1]).toList());
    assertEquals(7, judged.judgments().size());
  }

  @Test
  void aLineCutByAKillIsTakenAway() throws IOException {
    FastChatRequest request = request(answer("1", "m", "x"));
    run(new Single(request), new FakeJudge(1, call -> "[[5]]"));
    Path cache = folder.resolve("cache.jsonl");
    String whole = Files.readString(cache);
    Files.writeString(cache, "{\"key\": \"ab", StandardOpenOption.APPEND);
    FakeJudge judge = new FakeJudge(1, call -> "[[5]]");
    run(new Single(request), judge);
    assertEquals(0, judge.asked.size());
    assertEquals(whole, Files.readString(cache));
  }

  @Test
  void aSecondProcessOnACacheIsRefused() {
    run(new Single(request(answer("1", "m", "x"))), new FakeJudge(1, c -> "[[5]]"));
    Path file = folder.resolve("cache.jsonl");
    try (CallCache first = CompletableFuture.supplyAsync(() -> CallCache.open(file)).join()) {
      UserError error = assertThrows(UserError.class, () -> CallCache.open(file), first::toString);
      assertTrue(error.getMessage().contains("in use"), error::toString);
    }
  }

  /** Else two processes would both pay for their first replies, and one of them could not keep. */
  @Test
  void aCacheThatIsNotThereYetIsLockedToo() {
    Path file = folder.resolve("cache.jsonl");
    try (CallCache first = CompletableFuture.supplyAsync(() -> CallCache.open(file)).join()) {
      assertThrows(UserError.class, () -> CallCache.open(file), first::toString);
    }
  }

  @Test
  void aCacheIsMadeByItsFirstReply() {
    try (CallCache cache = CallCache.open(folder.resolve("new/cache.jsonl"))) {
      assertTrue(cache.get("key").isEmpty());
      assertFalse(Files.exists(folder.resolve("new/cache.jsonl")));
    }
    assertFalse(Files.exists(folder.resolve("new")));
  }

  @Test
  void theEstimateCountsWhatIsMissing() {
    FastChatRequest two = request(answer("1", "m", "x"), answer("2", "m", "y"));
    run(new Single(request(answer("1", "m", "x"))), new FakeJudge(1, c -> "[[5]]"));
    try (CallCache cache = CallCache.open(folder.resolve("cache.jsonl"))) {
      CostGate.Estimate estimate =
          new Judging(new FakeJudge(1, c -> ""), cache).estimate(new Single(two));
      // "Q q2 A y" has 8 bytes: 2 tokens, and 8 for the call.
      assertEquals(new CostGate.Estimate(1, 1, 10, 2048), estimate);
    }
  }

  /** As earlier versions kept what a broken judge gave: an order of probabilities it is not. */
  @Test
  void aKeptProbabilityThatIsNoNumberIsRefusedByFileAndToken() throws IOException {
    for (String value : List.of("\"NaN\"", "\"-Infinity\"", "null")) {
      Path cache =
          Files.writeString(
              folder.resolve("cache.jsonl"),
              "{\"key\":\"k\",\"text\":\"m\",\"log_probabilities\":{\"M\":-0.1,\"m\":"
                  + value
                  + "}}\n");
      UserError refused = assertThrows(UserError.class, () -> CallCache.open(cache).close());
      assertEquals(
          cache + ": the log-probability of \"m\" is " + value + ", which is no number.",
          refused.getMessage());
      assertTrue(refused.remedy().contains("Delete the file"), refused.remedy());
    }
  }
}
