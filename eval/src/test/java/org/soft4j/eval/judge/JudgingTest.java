package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;

class JudgingTest {
  @TempDir Path folder;

  /** Prompts in the layout of FastChat's, short enough to be read in a test. */
  static final JudgePrompts PROMPTS =
      new JudgePrompts(
          Map.of(
              "single-v1", new JudgePrompt("single-v1", "", "Q {question} A {answer}"),
              "single-math-v1",
                  new JudgePrompt("single-math-v1", "", "Q {question} R {ref_answer_1} A {answer}"),
              "single-v1-multi-turn",
                  new JudgePrompt(
                      "single-v1-multi-turn",
                      "sys",
                      "Q {question_1} A {answer_1} Q {question_2} A {answer_2}"),
              "pair-v2",
                  new JudgePrompt("pair-v2", "sys", "Q {question} A {answer_a} B {answer_b}"),
              "pair-math-v1-multi-turn",
                  new JudgePrompt(
                      "pair-math-v1-multi-turn",
                      "sys",
                      "{ref_answer_1}{ref_answer_2} {answer_a_1}{answer_a_2}"
                          + " {answer_b_1}{answer_b_2}"),
              "pair-math-v1",
                  new JudgePrompt("pair-math-v1", "sys", "{ref_answer_1} {answer_a} {answer_b}")));

  static JudgedAnswer answer(String id, String model, String text) {
    return new JudgedAnswer(id, "writing", List.of("q" + id), List.of(text), model);
  }

  static JudgingRequest request(JudgedAnswer... answers) {
    return JudgingRequest.of(List.of(answers), PROMPTS, References.NONE);
  }

  static <J> Judged<J> run(Path folder, JudgingPlan<J> plan, JudgeModel judge) {
    try (CallCache cache = CallCache.open(folder.resolve("cache.jsonl"))) {
      return new Judging(judge, cache).run(plan, done -> {}, Cancellation.NEVER);
    }
  }

  private <J> Judged<J> run(JudgingPlan<J> plan, JudgeModel judge) {
    return run(folder, plan, judge);
  }

  @Test
  void anAnswerIsGradedOnceATurn() {
    JudgedAnswer two =
        new JudgedAnswer("81", "stem", List.of("q1", "q2"), List.of("a1", "a2"), "m");
    FakeJudge judge = new FakeJudge(1, c -> c.protocol().endsWith("turn") ? "[[4]]" : "[[8.5]]");
    List<SingleJudgement> grades =
        run(SingleJudging.of(request(two, answer("1", "m", "hi")), "j"), judge).judgements();
    assertEquals(
        List.of("81 1 8.5", "1 1 8.5", "81 2 4.0"),
        grades.stream().map(g -> g.id() + " " + g.turn() + " " + g.score()).toList());
    assertEquals("Q q1 A a1 Q q2 A a2", grades.get(2).userPrompt());
  }

  @Test
  void bracesInAnAnswerStayWhatTheyAre() {
    FakeJudge judge = new FakeJudge(1, call -> "[[1]]");
    run(SingleJudging.of(request(answer("1", "m", "{question} $1 {{x}}")), "j"), judge);
    assertEquals("Q q1 A {question} $1 {{x}}", judge.asked.get(0).user());
  }

  @Test
  void mathIsJudgedBesideAReference() {
    JudgedAnswer sum = new JudgedAnswer("111", "math", List.of("1+1?"), List.of("3"), "m");
    References references = new References(Map.of("111", List.of("2")));
    FakeJudge judge = new FakeJudge(1, call -> "[[1]]");
    run(SingleJudging.of(JudgingRequest.of(List.of(sum), PROMPTS, references), "j"), judge);
    assertEquals("Q 1+1? R 2 A 3", judge.asked.get(0).user());
    UserError error = assertThrows(UserError.class, () -> SingleJudging.of(request(sum), "j"));
    assertTrue(error.getMessage().contains("Question 111 (math)"), error::toString);
  }

  @Test
  void aVerdictThatCannotBeReadIsMinusOneAndCounted() {
    FakeJudge judge = new FakeJudge(1, c -> c.user().contains("q1") ? "fine" : "[[6]]");
    JudgedAnswer[] answers = {answer("1", "m", "x"), answer("2", "m", "y")};
    List<SingleJudgement> grades = run(SingleJudging.of(request(answers), "j"), judge).judgements();
    SingleReport report = SingleReport.of(grades, List.of(answers));
    assertEquals(-1, grades.get(0).score());
    assertEquals(1, report.unread());
    assertEquals(6, report.models().get(0).mean(), "the mean is over what could be read");
    assertTrue(JudgeTables.of(report).contains("Unparsed verdicts: 1 of 2 (50.0 %)"));
  }

  @Test
  void repeatsAreAskedAgainAndTheirMedianCounts() {
    List<String> replies = List.of("[[2]]", "no idea", "[[9]]", "[[3]]");
    FakeJudge judge = new FakeJudge(1, call -> replies.get(call.repeat()));
    var plan = SingleJudging.of(request(answer("1", "m", "x")).withRepeats(4), "j");
    SingleJudgement grade = run(plan, judge).judgements().get(0);
    assertEquals(3, grade.score());
    assertEquals("[[3]]", grade.judgment());
    assertEquals(List.of(2.0, -1.0, 9.0, 3.0), grade.scores());
  }

  private PairJudgement pair(Function<JudgeCall, String> script, int repeats) {
    JudgingRequest two = request(answer("1", "one", "long answer"), answer("1", "two", "short"));
    return run(PairJudging.all(two.withRepeats(repeats), "j"), new FakeJudge(1, script))
        .judgements()
        .get(0);
  }

  @Test
  void aPairIsJudgedInBothOrders() {
    // This judge likes "short", wherever it stands.
    PairJudgement steady = pair(c -> c.user().endsWith("B short") ? "[[B]]" : "[[A]]", 1);
    assertEquals("Q q1 A long answer B short", steady.game1().userPrompt());
    assertEquals("Q q1 A short B long answer", steady.game2().userPrompt());
    assertEquals(Winner.MODEL_2, steady.winner());
    assertFalse(steady.flipped());
  }

  @Test
  void aJudgeThatLikesTheFirstPlaceMakesATie() {
    PairJudgement swayed = pair(call -> "[[A]]", 1);
    assertEquals(Winner.MODEL_1, swayed.game1().winner());
    assertEquals(Winner.MODEL_2, swayed.game2().winner());
    assertEquals(Winner.TIE, swayed.winner());
    assertTrue(swayed.flipped());
  }

  @Test
  void oneUnreadableGameDropsTheMatch() {
    PairJudgement broken = pair(c -> c.user().endsWith("B short") ? "hm" : "[[A]]", 1);
    assertEquals(Winner.ERROR, broken.winner());
    assertFalse(broken.flipped());
  }

  @Test
  void theMedianOfWinnersIsATieUnlessItIsAWin() {
    assertEquals(Winner.MODEL_1, median("WWL"));
    assertEquals(Winner.TIE, median("WL"));
    assertEquals(Winner.TIE, median("WTL"));
    assertEquals(Winner.TIE, median("WT"));
    assertEquals(Winner.MODEL_2, median("LE"));
    assertEquals(Winner.ERROR, median("EE"));
  }

  private static Winner median(String letters) {
    Map<Integer, Winner> names =
        Map.of(
            (int) 'W',
            Winner.MODEL_1,
            (int) 'L',
            Winner.MODEL_2,
            (int) 'T',
            Winner.TIE,
            (int) 'E',
            Winner.ERROR);
    return PairJudging.median(letters.chars().mapToObj(names::get).toList());
  }

  @Test
  void aReferenceIsShownToPairsOverTwoTurns() {
    List<JudgedAnswer> answers =
        Map.of("one", "a", "two", "b").entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                e ->
                    new JudgedAnswer(
                        "101",
                        "reasoning",
                        List.of("q", "q"),
                        List.of(e.getValue() + "1", e.getValue() + "2"),
                        e.getKey()))
            .toList();
    References references = new References(Map.of("101", List.of("r1", "r2")));
    FakeJudge judge = new FakeJudge(1, call -> "[[C]]");
    run(PairJudging.against("two", JudgingRequest.of(answers, PROMPTS, references), "j"), judge);
    assertEquals(
        List.of("r1 a1 b1", "r1 b1 a1", "r1r2 a1a2 b1b2", "r1r2 b1b2 a1a2"),
        judge.asked.stream().map(JudgeCall::user).sorted().toList());
  }

  @Test
  void aPairReportTellsWhatSwaysTheJudge() {
    JudgedAnswer[] answers = {
      answer("1", "one", "aaaa"), answer("1", "two", "b"),
      answer("2", "one", "cc"), answer("2", "two", "dddd"),
      answer("3", "one", "ee"), answer("3", "two", "ff")
    };
    // The longer answer wins; between equal ones the first; the last question is not understood.
    Function<JudgeCall, String> longer =
        call -> {
          String[] words = call.user().split(" ");
          if (words[1].equals("q3")) {
            return "[[A]]";
          }
          return words[3].length() > words[5].length() ? "[[A]]" : "[[B]]";
        };
    List<PairJudgement> judgements =
        run(PairJudging.against("two", request(answers), "j"), new FakeJudge(1, longer))
            .judgements();
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
                "baseline thre",
                    () -> PairJudging.against("thre", request(answer("1", "three", "")), "j"),
                "answers of two models", () -> PairJudging.all(request(answer("1", "m", "")), "j"),
                "$ERROR$", () -> answer("1", "m", "$ERROR$"),
                "has 2 turns",
                    () -> new JudgedAnswer("1", "c", List.of("a", "b"), List.of("a"), "m"),
                "two has no answer to question 2",
                    () ->
                        PairJudging.all(
                            request(
                                answer("1", "one", ""),
                                answer("2", "one", ""),
                                answer("1", "two", "")),
                            "j"))
            .entrySet()) {
      UserError error = assertThrows(UserError.class, () -> mistake.getValue().run());
      assertTrue(error.getMessage().contains(mistake.getKey()), error::toString);
    }
  }
}
