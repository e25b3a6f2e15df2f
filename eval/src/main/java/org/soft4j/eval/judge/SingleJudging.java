package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * FastChat's single-answer grading: a score from 1 to 10 for every answer and turn (Zheng et al.
 * 2023, section 3.1).
 */
public final class SingleJudging implements JudgingPlan<SingleJudgement> {
  private record Match(JudgedAnswer answer, Pass pass, JudgePrompt prompt, JudgeCall call) {}

  private final JudgingRequest request;
  private final String judge;
  private final List<Match> matches = new ArrayList<>();

  private SingleJudging(JudgingRequest request, String judge) {
    this.request = request;
    this.judge = judge;
  }

  /**
   * Plans the grading of all answers.
   *
   * @param judge name that judgements carry
   */
  public static SingleJudging of(JudgingRequest request, String judge) {
    SingleJudging plan = new SingleJudging(request, judge);
    for (Pass pass : Pass.ALL) {
      request.answers().stream().filter(pass::takes).forEach(answer -> plan.add(answer, pass));
    }
    return plan;
  }

  private void add(JudgedAnswer answer, Pass pass) {
    JudgePrompt prompt = request.prompts().of(false, pass.reference(), pass.turn());
    Map<String, String> fields = pass.fields(answer, request.references());
    pass.put(fields, "answer", answer.answer());
    String about = "%s turn %d %s".formatted(answer.id(), pass.turn(), answer.model());
    matches.add(new Match(answer, pass, prompt, request.call(prompt, about, prompt.fill(fields))));
  }

  @Override
  public List<JudgeCall> calls() {
    return matches.stream().flatMap(match -> repeats(match.call).stream()).toList();
  }

  private List<JudgeCall> repeats(JudgeCall call) {
    return IntStream.range(0, request.repeats()).mapToObj(call::again).toList();
  }

  @Override
  public List<SingleJudgement> judgements(
      Function<JudgeCall, JudgeReply> replies, Verdicts verdicts) {
    return matches.stream().map(match -> judgement(match, replies, verdicts)).toList();
  }

  private SingleJudgement judgement(
      Match match, Function<JudgeCall, JudgeReply> replies, Verdicts verdicts) {
    List<JudgeReply> given = repeats(match.call).stream().map(replies).toList();
    List<String> texts = given.stream().map(JudgeReply::text).toList();
    List<Double> scores =
        given.stream().map(r -> verdicts.rating(r).orElse(SingleJudgement.UNREAD)).toList();
    double score =
        Median.of(scores.stream().filter(s -> s != SingleJudgement.UNREAD).toList())
            .orElse(SingleJudgement.UNREAD);
    return new SingleJudgement(
        match.answer.id(),
        match.answer.model(),
        match.pass.turn(),
        judge,
        match.prompt.name(),
        match.call.user(),
        texts.get(nearest(scores, score)),
        score,
        scores);
  }

  private static int nearest(List<Double> scores, double score) {
    return IntStream.range(0, scores.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> Math.abs(scores.get(i) - score)))
        .orElseThrow();
  }
}
