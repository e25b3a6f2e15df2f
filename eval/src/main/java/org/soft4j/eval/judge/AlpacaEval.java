package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;

/**
 * AlpacaEval's comparison of a model's outputs with a baseline's, in both orders.
 *
 * @param baseline what is compared with
 * @param outputs of the model
 * @param form how the judge is asked
 * @param repeats how often each call is made; preferences are then medians
 */
public record AlpacaEval(List<Answer> baseline, List<Answer> outputs, AlpacaForm form, int repeats)
    implements Protocol<Preference, AlpacaReport> {
  @Override
  public Card card() {
    return new Card("alpaca " + form, repeats, form.temperature());
  }

  /** Two outputs to one instruction. */
  record Pair(Answer baseline, Answer output) {}

  // Characters of an instruction that tell people which one it is.
  private static final int SHOWN = 60;

  /**
   * Joins both by their instruction, as AlpacaEval does (pairwise_evaluator.py,
   * annotate_head2head): every output with every output to the same instruction, equal pairs once,
   * in the baseline's order.
   */
  Set<Pair> pairs() {
    Map<String, List<Answer>> answers = byInstruction(outputs);
    Set<Pair> pairs = new LinkedHashSet<>();
    for (Answer reference : baseline) {
      answers
          .getOrDefault(reference.instruction(), List.of())
          .forEach(output -> pairs.add(new Pair(reference, output)));
    }
    return pairs;
  }

  /**
   * Rows that are doubled, unanswered, unknown to the baseline or empty, counted; none where each
   * output has its one partner.
   */
  @Override
  public Map<String, Integer> oddRows() {
    Set<String> answered = byInstruction(outputs).keySet();
    Set<String> asked = byInstruction(baseline).keySet();
    Set<Pair> pairs = pairs();
    Map<String, Integer> counts = new TreeMap<>();
    counts.put("doubled_instructions_of_baseline", baseline.size() - asked.size());
    counts.put("doubled_instructions_of_model", outputs.size() - answered.size());
    counts.put("unanswered_of_baseline", without(asked, answered));
    counts.put("unknown_to_baseline", without(answered, asked));
    counts.put("empty_answers", empty(pairs.stream().map(Pair::output).toList()));
    counts.put("empty_answers_of_baseline", empty(pairs.stream().map(Pair::baseline).toList()));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static Map<String, List<Answer>> byInstruction(List<Answer> outputs) {
    Map<String, List<Answer>> by = new LinkedHashMap<>();
    outputs.forEach(o -> by.computeIfAbsent(o.instruction(), key -> new ArrayList<>()).add(o));
    return by;
  }

  private static int without(Set<String> some, Set<String> others) {
    return (int) some.stream().filter(key -> !others.contains(key)).count();
  }

  private static int empty(List<Answer> outputs) {
    return (int) outputs.stream().filter(output -> output.output().isBlank()).count();
  }

  @Override
  public List<Trial<Preference>> trials() {
    Set<Pair> pairs = pairs();
    if (pairs.isEmpty()) {
      throw new UserError(
          "None of the %s instructions is among the baseline's %s."
              .formatted(outputs.size(), baseline.size()),
          "Give outputs to the instructions of the baseline file.");
    }
    return pairs.stream().map(pair -> trial(pair.baseline, pair.output)).toList();
  }

  @Override
  public AlpacaReport report(List<Preference> preferences) {
    return AlpacaReport.of(preferences);
  }

  @Override
  public void write(Path folder, String judge, List<Preference> preferences) {
    AlpacaFiles.writeAnnotations(folder.resolve("annotations.json"), preferences, judge);
    AlpacaFiles.writeLeaderboard(folder.resolve("leaderboard.csv"), report(preferences));
  }

  /** Equal outputs are a draw without a call, as in AlpacaEval. */
  private Trial<Preference> trial(Answer base, Answer own) {
    if (base.output().equals(own.output())) {
      OptionalDouble even = OptionalDouble.of(Preference.EVEN);
      Preference draw = new Preference(base, own, even, even, "", "");
      return new Trial<>(List.of(), (replies, verdicts, judge) -> draw);
    }
    String instruction = base.instruction();
    String begins = instruction.substring(0, Math.min(SHOWN, instruction.length()));
    String about = "\"%s\" %s : %s, ".formatted(begins, base.model(), own.model());
    return new Trial<>(
        List.of(
            form.call(about + "game 1", instruction, base.output(), own.output()),
            form.call(about + "game 2", instruction, own.output(), base.output())),
        (replies, verdicts, judge) ->
            new Preference(
                base,
                own,
                median(replies.get(0), verdicts),
                Preference.swapped(median(replies.get(1), verdicts)),
                words(replies.get(0).get(0)),
                words(replies.get(1).get(0))));
  }

  private OptionalDouble median(List<Reply> replies, VerdictReader verdicts) {
    return VerdictReader.median(
        replies.stream()
            .map(form == AlpacaForm.WEIGHTED ? verdicts::weighted : verdicts::ranking)
            .toList());
  }

  private static String words(Reply reply) {
    return reply.logProbabilities().isEmpty()
        ? reply.text()
        : reply.text() + " " + reply.logProbabilities();
  }
}
