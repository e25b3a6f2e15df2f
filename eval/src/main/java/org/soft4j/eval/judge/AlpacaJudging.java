package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.soft4j.core.UserError;

/** AlpacaEval's comparison of a model's outputs with a baseline's, in both orders. */
public final class AlpacaJudging implements JudgingPlan<Preference> {
  /** A pair of outputs; no games where both are equal. */
  private record Match(ModelOutput baseline, ModelOutput output, List<JudgeCall> games) {}

  // Characters of an instruction that tell people which one it is.
  private static final int SHOWN = 60;

  private final AlpacaForm form;
  private final int repeats;
  private final Map<String, Integer> oddRows;
  private final List<Match> matches = new ArrayList<>();

  private AlpacaJudging(AlpacaForm form, int repeats, Map<String, Integer> oddRows) {
    this.form = form;
    this.repeats = repeats;
    this.oddRows = oddRows;
  }

  /**
   * Rows that are doubled, unanswered, unknown to the baseline or empty, counted; none where each
   * output has its one partner.
   */
  public Map<String, Integer> oddRows() {
    return oddRows;
  }

  /**
   * Plans the comparison over the instructions that both answered, in the baseline's order; one
   * that is answered twice is compared twice.
   *
   * @param repeats how often each call is made; preferences are then medians
   */
  public static AlpacaJudging of(
      List<ModelOutput> baseline, List<ModelOutput> outputs, AlpacaForm form, int repeats) {
    AlpacaRows rows = AlpacaRows.of(baseline, outputs);
    AlpacaJudging plan = new AlpacaJudging(form, repeats, rows.counts());
    rows.pairs().forEach(pair -> plan.add(pair.baseline(), pair.output()));
    if (plan.matches.isEmpty()) {
      throw new UserError(
          "None of the %d instructions is among the baseline's %d."
              .formatted(outputs.size(), baseline.size()),
          "Give outputs to the instructions of the baseline file.");
    }
    return plan;
  }

  private void add(ModelOutput baseline, ModelOutput output) {
    String instruction = baseline.instruction();
    String begins = instruction.substring(0, Math.min(SHOWN, instruction.length()));
    String about = "\"%s\" %s : %s, ".formatted(begins, baseline.generator(), output.generator());
    List<JudgeCall> games =
        baseline.output().equals(output.output())
            ? List.of()
            : List.of(
                form.call(about + "game 1", instruction, baseline.output(), output.output()),
                form.call(about + "game 2", instruction, output.output(), baseline.output()));
    matches.add(new Match(baseline, output, games));
  }

  @Override
  public List<JudgeCall> calls() {
    return matches.stream()
        .flatMap(match -> match.games.stream())
        .flatMap(game -> repeated(game).stream())
        .toList();
  }

  private List<JudgeCall> repeated(JudgeCall call) {
    return IntStream.range(0, repeats).mapToObj(call::again).toList();
  }

  @Override
  public List<Preference> judgements(Function<JudgeCall, JudgeReply> replies, Verdicts verdicts) {
    return matches.stream().map(match -> preference(match, replies, verdicts)).toList();
  }

  private Preference preference(
      Match match, Function<JudgeCall, JudgeReply> replies, Verdicts verdicts) {
    if (match.games.isEmpty()) {
      return Preference.even(match.baseline, match.output);
    }
    OptionalDouble second = median(match.games.get(1), replies, verdicts);
    return new Preference(
        match.baseline,
        match.output,
        median(match.games.get(0), replies, verdicts),
        second.isPresent() ? OptionalDouble.of(3 - second.getAsDouble()) : second,
        words(replies.apply(match.games.get(0))),
        words(replies.apply(match.games.get(1))));
  }

  private OptionalDouble median(
      JudgeCall game, Function<JudgeCall, JudgeReply> replies, Verdicts verdicts) {
    return Median.of(
        repeated(game).stream()
            .map(call -> verdicts.preference(replies.apply(call), form))
            .filter(OptionalDouble::isPresent)
            .map(OptionalDouble::getAsDouble)
            .toList());
  }

  private static String words(JudgeReply reply) {
    return reply.logProbabilities().isEmpty()
        ? reply.text()
        : reply.text() + " " + reply.logProbabilities();
  }
}
