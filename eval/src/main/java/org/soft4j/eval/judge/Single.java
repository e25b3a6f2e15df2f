package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.FastChatRequest.Pass;

/**
 * FastChat's single-answer grading: a score from 1 to 10 for every answer and turn (Zheng et al.
 * 2023, section 3.1).
 */
public record Single(FastChatRequest request) implements Protocol<Rating, SingleReport> {
  @Override
  public Card card() {
    return new Card("single", request.repeats(), request.temperature());
  }

  @Override
  public List<Trial<Rating>> trials() {
    return Pass.ALL.stream()
        .flatMap(pass -> request.answers(pass).stream().map(answer -> trial(pass, answer)))
        .toList();
  }

  @Override
  public SingleReport report(List<Rating> ratings) {
    return SingleReport.of(ratings, request.answers());
  }

  @Override
  public void write(Path folder, String judge, List<Rating> ratings) {
    FastChatJudgments.writeSingle(folder, judge, ratings);
  }

  private Trial<Rating> trial(Pass pass, Answer answer) {
    String about = "%s turn %s %s".formatted(answer.id(), pass.turn(), answer.model());
    Call call = request.call(pass, about, Map.of("answer", answer));
    return new Trial<>(
        List.of(call),
        (replies, verdicts, judge) -> {
          List<Reply> given = replies.get(0);
          List<OptionalDouble> scores = given.stream().map(verdicts::rating).toList();
          double score = VerdictReader.median(scores).orElse(Rating.UNREAD);
          List<Double> all = scores.stream().map(s -> s.orElse(Rating.UNREAD)).toList();
          return new Rating(
              answer.id(),
              answer.model(),
              pass.turn(),
              judge,
              call.protocol(),
              call.user(),
              given.get(nearest(all, score)).text(),
              score,
              all);
        });
  }

  private static int nearest(List<Double> scores, double score) {
    return IntStream.range(0, scores.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> Math.abs(scores.get(i) - score)))
        .orElseThrow();
  }
}
