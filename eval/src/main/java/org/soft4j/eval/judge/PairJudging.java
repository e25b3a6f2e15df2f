package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;

/**
 * FastChat's pairwise comparison: which of two answers is better, in both orders (Zheng et al.
 * 2023, section 3.4 on the bias for positions).
 */
public final class PairJudging implements JudgingPlan<PairJudgement> {
  private record Match(
      JudgedAnswer one, JudgedAnswer two, Pass pass, JudgePrompt prompt, List<JudgeCall> games) {}

  private final JudgingRequest request;
  private final String judge;
  private final List<Match> matches = new ArrayList<>();

  private PairJudging(JudgingRequest request, String judge) {
    this.request = request;
    this.judge = judge;
  }

  /** Plans the comparison of every model with one of them. */
  public static PairJudging against(String baseline, JudgingRequest request, String judge) {
    if (!request.models().contains(baseline)) {
      throw new UserError(
          "There are no answers of the baseline %s; there are those of %s.%s"
              .formatted(baseline, request.models(), DidYouMean.hint(baseline, request.models())),
          "Name one of them with --baseline, or add its answers.");
    }
    List<List<String>> pairs =
        request.models().stream()
            .filter(model -> !model.equals(baseline))
            .map(model -> List.of(model, baseline))
            .toList();
    return planned(pairs, request, judge);
  }

  /** Plans the comparison of every model with every other. */
  public static PairJudging all(JudgingRequest request, String judge) {
    List<String> models = List.copyOf(request.models());
    List<List<String>> pairs = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (int j = i + 1; j < models.size(); j++) {
        pairs.add(List.of(models.get(i), models.get(j)));
      }
    }
    return planned(pairs, request, judge);
  }

  private static PairJudging planned(
      List<List<String>> pairs, JudgingRequest request, String judge) {
    if (pairs.isEmpty()) {
      throw new UserError(
          "A comparison needs the answers of two models; there are those of %s only."
              .formatted(request.models()),
          "Add the answers of another model.");
    }
    PairJudging plan = new PairJudging(request, judge);
    Map<List<String>, JudgedAnswer> byModel = new HashMap<>();
    request.answers().forEach(a -> byModel.put(List.of(a.model(), a.id()), a));
    for (Pass pass : Pass.ALL) {
      for (String id : ids(request, pass)) {
        for (List<String> pair : pairs) {
          plan.add(of(byModel, pair.get(0), id), of(byModel, pair.get(1), id), pass);
        }
      }
    }
    return plan;
  }

  private static List<String> ids(JudgingRequest request, Pass pass) {
    return request.answers().stream().filter(pass::takes).map(JudgedAnswer::id).distinct().toList();
  }

  private static JudgedAnswer of(Map<List<String>, JudgedAnswer> answers, String model, String id) {
    if (!answers.containsKey(List.of(model, id))) {
      throw new UserError(
          "%s has no answer to question %s, which another model answered.".formatted(model, id),
          "Let it answer, or take the question out of the others' answers.");
    }
    return answers.get(List.of(model, id));
  }

  private void add(JudgedAnswer one, JudgedAnswer two, Pass pass) {
    JudgePrompt prompt = request.prompts().of(true, pass.reference(), pass.turn());
    List<JudgeCall> games =
        List.of(game(one, two, pass, prompt, 1), game(two, one, pass, prompt, 2));
    matches.add(new Match(one, two, pass, prompt, games));
  }

  private JudgeCall game(
      JudgedAnswer a, JudgedAnswer b, Pass pass, JudgePrompt prompt, int number) {
    Map<String, String> fields = pass.fields(a, request.references());
    pass.put(fields, "answer_a", a.answer());
    pass.put(fields, "answer_b", b.answer());
    String about =
        "%s turn %d %s : %s, game %d".formatted(a.id(), pass.turn(), a.model(), b.model(), number);
    return request.call(prompt, about, prompt.fill(fields));
  }

  @Override
  public List<JudgeCall> calls() {
    return matches.stream()
        .flatMap(match -> match.games.stream())
        .flatMap(game -> repeats(game).stream())
        .toList();
  }

  private List<JudgeCall> repeats(JudgeCall call) {
    return IntStream.range(0, request.repeats()).mapToObj(call::again).toList();
  }

  @Override
  public List<PairJudgement> judgements(
      Function<JudgeCall, JudgeReply> replies, Verdicts verdicts) {
    return matches.stream().map(match -> judgement(match, replies, verdicts)).toList();
  }

  private PairJudgement judgement(
      Match match, Function<JudgeCall, JudgeReply> replies, Verdicts verdicts) {
    return new PairJudgement(
        match.one.id(),
        match.one.model(),
        match.two.model(),
        match.pass.turn(),
        judge,
        match.prompt.name(),
        game(
            repeats(match.games.get(0)).stream().map(replies).toList(),
            match.games.get(0),
            reply -> verdicts.winner(reply, Winner.MODEL_1, Winner.MODEL_2)),
        game(
            repeats(match.games.get(1)).stream().map(replies).toList(),
            match.games.get(1),
            reply -> verdicts.winner(reply, Winner.MODEL_2, Winner.MODEL_1)));
  }

  private static PairJudgement.Game game(
      List<JudgeReply> replies, JudgeCall call, Function<JudgeReply, Winner> reading) {
    List<String> texts = replies.stream().map(JudgeReply::text).toList();
    List<Winner> winners = replies.stream().map(reading).toList();
    Winner winner = median(winners);
    String text = texts.get(Math.max(0, winners.indexOf(winner)));
    return new PairJudgement.Game(winner, call.user(), text, winners);
  }

  /** A win counts 1, a loss -1, a tie 0; a median that is neither win nor loss is a tie. */
  static Winner median(List<Winner> winners) {
    List<Double> values =
        winners.stream()
            .filter(winner -> winner != Winner.ERROR)
            .map(winner -> winner == Winner.TIE ? 0.0 : winner == Winner.MODEL_1 ? 1.0 : -1.0)
            .toList();
    if (values.isEmpty()) {
      return Winner.ERROR;
    }
    double median = Median.of(values).orElseThrow();
    return median == 1 ? Winner.MODEL_1 : median == -1 ? Winner.MODEL_2 : Winner.TIE;
  }
}
