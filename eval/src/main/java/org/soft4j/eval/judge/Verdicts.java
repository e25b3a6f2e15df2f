package org.soft4j.eval.judge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.tokenizer.Reasoning;

/** Reads the verdicts of one judging by a rule, and counts what was odd about them. */
public final class Verdicts {
  private final VerdictRule rule;
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Nothing is counted yet. */
  public Verdicts(VerdictRule rule) {
    this.rule = rule;
  }

  /** Counts of odd replies by {@link VerdictNote} or {@link Caveat}; a reply may have several. */
  public Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  /** The counts for people, a line each: none where every reply was plain. */
  public static Map<String, Integer> words(Map<String, Integer> counts) {
    Map<String, Integer> words = new LinkedHashMap<>();
    counts.forEach((name, count) -> words.put(words(name), count));
    return words;
  }

  private static String words(String name) {
    for (VerdictNote note : VerdictNote.values()) {
      if (note.text().equals(name)) {
        return note.words();
      }
    }
    return "reply: " + Caveat.words(name);
  }

  /** A rating from 1 to 10. */
  OptionalDouble rating(JudgeReply reply) {
    Verdict<Double> verdict =
        rule == VerdictRule.FASTCHAT
            ? OriginalVerdicts.rating(reply.text())
            : last(reply, LastVerdicts::rating);
    return number(counted(reply, verdict));
  }

  /**
   * Who wins.
   *
   * @param first whose answer was shown as A
   * @param second whose answer was shown as B
   */
  Winner winner(JudgeReply reply, Winner first, Winner second) {
    Verdict<Character> verdict =
        rule == VerdictRule.FASTCHAT
            ? OriginalVerdicts.place(reply.text())
            : last(reply, LastVerdicts::place);
    return counted(reply, verdict)
        .value()
        .map(place -> place == 'A' ? first : place == 'B' ? second : Winner.TIE)
        .orElse(Winner.ERROR);
  }

  /** AlpacaEval's preference: 1 for the first output shown, 2 for the second. */
  OptionalDouble preference(JudgeReply reply, AlpacaForm form) {
    if (form == AlpacaForm.WEIGHTED) {
      OptionalDouble weighted = AlpacaForm.weighted(reply.logProbabilities());
      return number(
          counted(
              reply,
              weighted.isPresent()
                  ? Verdict.read(weighted.getAsDouble())
                  : Verdict.unread(VerdictNote.NOT_FOUND)));
    }
    return number(
        counted(
            reply,
            rule == VerdictRule.ALPACA_EVAL
                ? OriginalVerdicts.rankOfFirst(reply.text())
                : last(reply, LastVerdicts::rankOfFirst)));
  }

  private static <T> Verdict<T> last(JudgeReply reply, Function<String, Verdict<T>> reading) {
    Reasoning reasoning = Reasoning.of(reply.text());
    Verdict<T> verdict = reading.apply(reasoning.answer());
    return reasoning.unfinished() && verdict.value().isEmpty()
        ? Verdict.unread(VerdictNote.UNFINISHED)
        : verdict.and(reasoning.found(), VerdictNote.REASONING);
  }

  private <T> Verdict<T> counted(JudgeReply reply, Verdict<T> verdict) {
    verdict.notes().forEach(note -> counts.merge(note.text(), 1, Integer::sum));
    reply.caveats().forEach(caveat -> counts.merge(caveat.text(), 1, Integer::sum));
    return verdict;
  }

  private static OptionalDouble number(Verdict<Double> verdict) {
    return verdict.value().map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
