package org.soft4j.eval.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.tokenizer.Reasoning;

/** Reads the verdicts of one judging by a rule, and counts what was odd about them. */
public final class VerdictReader {
  private final VerdictRule rule;
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Nothing is counted yet. */
  VerdictReader(VerdictRule rule) {
    this.rule = rule;
  }

  /** Counts of odd replies by {@link Verdict.Note} or {@link Caveat}; a reply may have several. */
  Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  /** The counts for people, a line each: none where every reply was plain. */
  public static Map<String, Integer> words(Map<String, Integer> counts) {
    Map<String, Integer> words = new LinkedHashMap<>();
    counts.forEach((name, count) -> words.put(words(name), count));
    return words;
  }

  private static String words(String name) {
    for (Verdict.Note note : Verdict.Note.values()) {
      if (note.text().equals(name)) {
        return note.words();
      }
    }
    return "reply: " + Caveat.words(name);
  }

  /** A rating from 1 to 10. */
  OptionalDouble rating(Reply reply) {
    return read(
        reply, VerdictRule.FASTCHAT, OriginalVerdictParser::rating, LastVerdictParser::rating);
  }

  /** Which of two answers is better: 1 for the first shown, 2 for the second, 1.5 for neither. */
  OptionalDouble place(Reply reply) {
    return read(
        reply, VerdictRule.FASTCHAT, OriginalVerdictParser::place, LastVerdictParser::place);
  }

  /** AlpacaEval's preference by a ranking: 1 for the first output shown, 2 for the second. */
  OptionalDouble ranking(Reply reply) {
    return read(
        reply,
        VerdictRule.ALPACA_EVAL,
        OriginalVerdictParser::rankOfFirst,
        LastVerdictParser::rankOfFirst);
  }

  /** AlpacaEval's preference by the probabilities of two tokens, from 1 to 2. */
  OptionalDouble weighted(Reply reply) {
    OptionalDouble weighted = AlpacaForm.weighted(reply.logProbabilities());
    return counted(
        reply,
        weighted.isPresent()
            ? Verdict.read(weighted.getAsDouble())
            : Verdict.unread(Verdict.Note.NOT_FOUND));
  }

  private OptionalDouble read(
      Reply reply,
      VerdictRule original,
      Function<String, Verdict> originalReading,
      Function<String, Verdict> lastReading) {
    if (rule == original) {
      return counted(reply, originalReading.apply(reply.text()));
    }
    Reasoning reasoning = Reasoning.of(reply.text());
    Verdict verdict = lastReading.apply(reasoning.answer());
    return counted(
        reply,
        reasoning.unfinished() && verdict.value().isEmpty()
            ? Verdict.unread(Verdict.Note.UNFINISHED)
            : verdict.and(reasoning.found(), Verdict.Note.REASONING));
  }

  private OptionalDouble counted(Reply reply, Verdict verdict) {
    verdict.notes().forEach(note -> counts.merge(note.text(), 1, Integer::sum));
    reply.caveats().forEach(caveat -> counts.merge(caveat.text(), 1, Integer::sum));
    return verdict.value();
  }

  /** The middle of the values that were read, or the mean of the two in the middle. */
  static OptionalDouble median(List<OptionalDouble> values) {
    double[] sorted = values.stream().flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int half = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }
}
