package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.FastChatRequest.Pass;

/**
 * FastChat's pairwise comparison: which of two answers is better, in both orders (Zheng et al.
 * 2023, section 3.4 on the bias for positions).
 *
 * @param baseline the model that all others are compared with; empty for all pairs
 */
public record Pairwise(FastChatRequest request, Optional<String> baseline)
    implements Protocol<Match, PairReport> {
  @Override
  public Card card() {
    return new Card("pair", request.repeats(), request.temperature());
  }

  @Override
  public List<Trial<Match>> trials() {
    List<List<String>> pairs = pairs();
    Map<List<String>, Answer> byModel = new HashMap<>();
    request.answers().forEach(a -> byModel.put(List.of(a.model(), a.id()), a));
    List<Trial<Match>> trials = new ArrayList<>();
    for (Pass pass : Pass.ALL) {
      for (String id : request.answers(pass).stream().map(Answer::id).distinct().toList()) {
        for (List<String> pair : pairs) {
          trials.add(trial(pass, of(byModel, pair.get(0), id), of(byModel, pair.get(1), id)));
        }
      }
    }
    return trials;
  }

  private List<List<String>> pairs() {
    List<String> models = List.copyOf(request.models());
    if (baseline.isPresent() && !models.contains(baseline.get())) {
      throw new UserError(
          "There are no answers of the baseline %s; there are those of %s.%s"
              .formatted(baseline.get(), models, DidYouMean.hint(baseline.get(), models)),
          "Name one of them with --baseline, or add its answers.");
    }
    List<List<String>> pairs = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      List<String> others = baseline.map(List::of).orElse(models.subList(i + 1, models.size()));
      for (String other : others) {
        if (!other.equals(models.get(i))) {
          pairs.add(List.of(models.get(i), other));
        }
      }
    }
    if (pairs.isEmpty()) {
      throw new UserError(
          "A comparison needs the answers of two models; there are those of %s only."
              .formatted(models),
          "Add the answers of another model.");
    }
    return pairs;
  }

  private static Answer of(Map<List<String>, Answer> answers, String model, String id) {
    if (!answers.containsKey(List.of(model, id))) {
      throw new UserError(
          "%s has no answer to question %s, which another model answered.".formatted(model, id),
          "Let it answer, or take the question out of the others' answers.");
    }
    return answers.get(List.of(model, id));
  }

  @Override
  public PairReport report(List<Match> matches) {
    return PairReport.of(matches, request.answers());
  }

  @Override
  public void write(Path folder, String judge, List<Match> matches) {
    FastChatJudgments.writePair(folder, judge, matches);
  }

  private Trial<Match> trial(Pass pass, Answer one, Answer two) {
    List<Call> calls = List.of(call(pass, one, two, 1), call(pass, two, one, 2));
    return new Trial<>(
        calls,
        (replies, verdicts, judge) ->
            new Match(
                one.id(),
                one.model(),
                two.model(),
                pass.turn(),
                judge,
                calls.get(0).protocol(),
                game(calls.get(0), replies.get(0), verdicts, UnaryOperator.identity()),
                game(calls.get(1), replies.get(1), verdicts, Preference::swapped)));
  }

  private Call call(Pass pass, Answer a, Answer b, int game) {
    String about =
        "%s turn %s %s : %s, game %s".formatted(a.id(), pass.turn(), a.model(), b.model(), game);
    return request.call(pass, about, Map.of("answer_a", a, "answer_b", b));
  }

  private static Match.Game game(
      Call call, List<Reply> replies, VerdictReader verdicts, UnaryOperator<OptionalDouble> order) {
    List<OptionalDouble> preferences =
        replies.stream().map(reply -> order.apply(verdicts.place(reply))).toList();
    List<Match.Winner> winners = preferences.stream().map(Match.Winner::of).toList();
    Match.Winner winner = Match.Winner.of(VerdictReader.median(preferences));
    String text = replies.get(Math.max(0, winners.indexOf(winner))).text();
    return new Match.Game(winner, call.user(), text, winners);
  }
}
