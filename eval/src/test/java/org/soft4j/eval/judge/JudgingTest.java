package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;

class JudgingTest {
  @TempDir Path folder;

  /** Prompts in the layout of FastChat's, short enough to be read in a test. */
  static final FastChatPrompts PROMPTS =
      new FastChatPrompts(
          Map.of(
              "single-v1", new FastChatPrompts.Prompt("single-v1", "", "Q {question} A {answer}"),
              "single-math-v1",
                  new FastChatPrompts.Prompt(
                      "single-math-v1", "", "Q {question} R {ref_answer_1} A {answer}"),
              "single-v1-multi-turn",
                  new FastChatPrompts.Prompt(
                      "single-v1-multi-turn",
                      "sys",
                      "Q {question_1} A {answer_1} Q {question_2} A {answer_2}"),
              "pair-v2",
                  new FastChatPrompts.Prompt(
                      "pair-v2", "sys", "Q {question} A {answer_a} B {answer_b}"),
              "pair-math-v1-multi-turn",
                  new FastChatPrompts.Prompt(
                      "pair-math-v1-multi-turn",
                      "sys",
                      "{ref_answer_1}{ref_answer_2} {answer_a_1}{answer_a_2}"
                          + " {answer_b_1}{answer_b_2}"),
              "pair-math-v1",
                  new FastChatPrompts.Prompt(
                      "pair-math-v1", "sys", "{ref_answer_1} {answer_a} {answer_b}")));

  static Answer answer(String id, String model, String text) {
    return new Answer(id, "writing", List.of("q" + id), List.of(text), model);
  }

  static FastChatRequest request(Answer... answers) {
    return new FastChatRequest(List.of(answers), PROMPTS, Map.of());
  }

  static FastChatRequest repeated(int times, Answer... answers) {
    return new FastChatRequest(List.of(answers), PROMPTS, Map.of(), times, 0, 2048);
  }

  static Pairwise pairwise(FastChatRequest request) {
    return new Pairwise(request, Optional.empty());
  }

  static Pairwise against(String baseline, FastChatRequest request) {
    return new Pairwise(request, Optional.of(baseline));
  }

  static <J> Judging.Result<J> run(Path folder, Protocol<J, ?> plan, Judge judge) {
    try (CallCache cache = CallCache.open(folder.resolve("cache.jsonl"))) {
      return new Judging(judge, cache).run(plan, done -> {}, Cancellation.NEVER);
    }
  }

  private <J> Judging.Result<J> run(Protocol<J, ?> plan, Judge judge) {
    return run(folder, plan, judge);
  }

  @Test
  void anAnswerIsGradedOnceATurn() {
    Answer two = new Answer("81", "stem", List.of("q1", "q2"), List.of("a1", "a2"), "m");
    FakeJudge judge = new FakeJudge(1, c -> c.protocol().endsWith("turn") ? "[[4]]" : "[[8.5]]");
    List<Rating> grades = run(new Single(request(two, answer("1", "m", "hi"))), judge).judgments();
    assertEquals(
        List.of("81 1 8.5", "1 1 8.5", "81 2 4.0"),
        grades.stream().map(g -> g.id() + " " + g.turn() + " " + g.score()).toList());
    assertEquals("Q q1 A a1 Q q2 A a2", grades.get(2).userPrompt());
  }

  @Test
  void bracesInAnAnswerStayWhatTheyAre() {
    FakeJudge judge = new FakeJudge(1, call -> "[[1]]");
    run(new Single(request(answer("1", "m", "{question} $1 {{x}}"))), judge);
    assertEquals("Q q1 A {question} $1 {{x}}", judge.asked.get(0).user());
  }

  @Test
  void mathIsJudgedBesideAReference() {
    Answer sum = new Answer("111", "math", List.of("1+1?"), List.of("3"), "m");
    Map<String, List<String>> references = Map.of("111", List.of("2"));
    FakeJudge judge = new FakeJudge(1, call -> "[[1]]");
    run(new Single(new FastChatRequest(List.of(sum), PROMPTS, references)), judge);
    assertEquals("Q 1+1? R 2 A 3", judge.asked.get(0).user());
    UserError error = assertThrows(UserError.class, () -> new Single(request(sum)).calls());
    assertTrue(error.getMessage().contains("Question 111 (math)"), error::toString);
  }

  @Test
  void aVerdictThatCannotBeReadIsMinusOneAndCounted() {
    FakeJudge judge = new FakeJudge(1, c -> c.user().contains("q1") ? "fine" : "[[6]]");
    Answer[] answers = {answer("1", "m", "x"), answer("2", "m", "y")};
    List<Rating> grades = run(new Single(request(answers)), judge).judgments();
    SingleReport report = SingleReport.of(grades, List.of(answers));
    assertEquals(-1, grades.get(0).score());
    assertEquals(1, report.unread());
    assertEquals(6, report.models().get(0).mean(), "the mean is over what could be read");
    assertTrue(report.table().contains("Unparsed verdicts: 1 of 2 (50.0 %)"));
  }

  @Test
  void repeatsAreAskedAgainAndTheirMedianCounts() {
    List<String> replies = List.of("[[2]]", "no idea", "[[9]]", "[[3]]");
    FakeJudge judge = new FakeJudge(1, call -> replies.get(call.repeat()));
    var plan = new Single(repeated(4, answer("1", "m", "x")));
    Rating grade = run(plan, judge).judgments().get(0);
    assertEquals(3, grade.score());
    assertEquals("[[3]]", grade.judgment());
    assertEquals(List.of(2.0, -1.0, 9.0, 3.0), grade.scores());
  }

  private Match pair(Function<Call, String> script, int repeats) {
    FastChatRequest two =
        repeated(repeats, answer("1", "one", "long answer"), answer("1", "two", "short"));
    return run(pairwise(two), new FakeJudge(1, script)).judgments().get(0);
  }

  @Test
  void aPairIsJudgedInBothOrders() {
    // This judge likes "short", wherever it stands.
    Match steady = pair(c -> c.user().endsWith("B short") ? "[[B]]" : "[[A]]", 1);
    assertEquals("Q q1 A long answer B short", steady.game1().userPrompt());
    assertEquals("Q q1 A short B long answer", steady.game2().userPrompt());
    assertEquals(Match.Winner.MODEL_2, steady.winner());
    assertFalse(steady.flipped());
  }

  @Test
  void aJudgeThatLikesTheFirstPlaceMakesATie() {
    Match swayed = pair(call -> "[[A]]", 1);
    assertEquals(Match.Winner.MODEL_1, swayed.game1().winner());
    assertEquals(Match.Winner.MODEL_2, swayed.game2().winner());
    assertEquals(Match.Winner.TIE, swayed.winner());
    assertTrue(swayed.flipped());
  }

  @Test
  void oneUnreadableGameDropsTheMatch() {
    Match broken = pair(c -> c.user().endsWith("B short") ? "hm" : "[[A]]", 1);
    assertEquals(Match.Winner.ERROR, broken.winner());
    assertFalse(broken.flipped());
  }

  @Test
  void theMedianOfWinnersIsATieUnlessItIsAWin() {
    assertEquals(Match.Winner.MODEL_1, median("WWL"));
    assertEquals(Match.Winner.TIE, median("WL"));
    assertEquals(Match.Winner.TIE, median("WTL"));
    assertEquals(Match.Winner.TIE, median("WT"));
    assertEquals(Match.Winner.MODEL_2, median("LE"));
    assertEquals(Match.Winner.ERROR, median("EE"));
  }

  private static Match.Winner median(String letters) {
    Map<Character, OptionalDouble> preferences =
        Map.of(
            'W', OptionalDouble.of(1),
            'L', OptionalDouble.of(2),
            'T', OptionalDouble.of(1.5),
            'E', OptionalDouble.empty());
    return Match.Winner.of(
        VerdictReader.median(letters.chars().mapToObj(c -> preferences.get((char) c)).toList()));
  }

  @Test
  void aReferenceIsShownToPairsOverTwoTurns() {
    List<Answer> answers =
        Map.of("one", "a", "two", "b").entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                e ->
                    new Answer(
                        "101",
                        "reasoning",
                        List.of("q", "q"),
                        List.of(e.getValue() + "1", e.getValue() + "2"),
                        e.getKey()))
            .toList();
    Map<String, List<String>> references = Map.of("101", List.of("r1", "r2"));
    FakeJudge judge = new FakeJudge(1, call -> "[[C]]");
    run(against("two", new FastChatRequest(answers, PROMPTS, references)), judge);
    assertEquals(
        List.of("r1 a1 b1", "r1 b1 a1", "r1r2 a1a2 b1b2", "r1r2 b1b2 a1a2"),
        judge.asked.stream().map(Call::user).sorted().toList());
  }

  @Test
  void aPairReportTellsWhatSwaysTheJudge() {
    Answer[] answers = {
      answer("1", "one", "aaaa"), answer("1", "two", "b"),
      answer("2", "one", "cc"), answer("2", "two", "dddd"),
      answer("3", "one", "ee"), answer("3", "two", "ff")
    };
    // The longer answer wins; between equal ones the first; the last question is not understood.
    Function<Call, String> longer =
        call -> {
          String[] words = call.user().split(" ");
          if (words[1].equals("q3")) {
            return "[[A]]";
          }
          return words[3].length() > words[5].length() ? "[[A]]" : "[[B]]";
        };
    List<Match> judgements =
        run(against("two", request(answers)), new FakeJudge(1, longer)).judgments();
    PairReport report = PairReport.of(judgements, List.of(answers));
    assertEquals(1 / 3.0, report.flipRate(), 1e-12, "question 3 of three");
    assertEquals(4 / 6.0, report.firstPositionRate(), 1e-12, "two by length, two by place");
    assertEquals(1, report.longerRate(), "all four games between unequal answers");
    PairReport.Row one = report.models().get(0);
    assertEquals(List.of(1, 1, 1), List.of(one.wins(), one.losses(), one.ties()));
    assertEquals(0.5, one.adjusted());
  }

  @Test
  void whatCannotBeJudgedIsNamed() {
    for (Map.Entry<String, Runnable> mistake :
        Map.<String, Runnable>of(
                "baseline thre", () -> against("thre", request(answer("1", "three", ""))).calls(),
                "answers of two models", () -> pairwise(request(answer("1", "m", ""))).calls(),
                "has 2 turns", () -> new Answer("1", "c", List.of("a", "b"), List.of("a"), "m"),
                "two has no answer to question 2",
                    () ->
                        pairwise(
                                request(
                                    answer("1", "one", ""),
                                    answer("2", "one", ""),
                                    answer("1", "two", "")))
                            .calls())
            .entrySet()) {
      UserError error = assertThrows(UserError.class, () -> mistake.getValue().run());
      assertTrue(error.getMessage().contains(mistake.getKey()), error::toString);
    }
  }
}
