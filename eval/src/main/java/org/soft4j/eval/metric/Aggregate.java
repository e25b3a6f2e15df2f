package org.soft4j.eval.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How a metric over a whole task comes from what each item gives, where that is not the mean of the
 * items' values. The names are lm-evaluation-harness's.
 */
public enum Aggregate {
  /** Right number and chosen number, each 0 or 1: harmonic mean of precision and recall of 1. */
  F1(
      "f1",
      "harmonic mean of precision and recall of the second choice",
      true,
      Classes::f1,
      100_000),
  /** The same for any number of classes, weighted by how often each is right. */
  WEIGHTED_F1(
      "weighted_f1",
      "F1 of every choice, weighted by how often it is right",
      true,
      Classes::weightedF1,
      0),
  /** The same, all classes alike. */
  MACRO_F1("macro_f1", "F1 of every choice, all alike", true, Classes::macroF1, 0),
  /** Share of right choices. */
  MICRO_F1("micro_f1", "share of right choices", true, Classes::microF1, 0),
  /** Right number and chosen number: Matthews' correlation coefficient. */
  MATTHEWS(
      "matthews_corrcoef",
      "Matthews' correlation of right and chosen ones",
      true,
      Classes::matthews,
      100_000),
  /** Log-probability of each item: exp of minus its mean. */
  PERPLEXITY(
      "perplexity",
      "exp of minus the mean log-probability of the targets",
      false,
      Likelihoods::perplexity,
      100_000),
  /** Log-probability and length of each item: exp of minus the sum over the lengths. */
  WEIGHTED_PERPLEXITY(
      "weighted_perplexity",
      "exp of minus the log-probability per unit of text",
      false,
      Likelihoods::weightedPerplexity,
      0),
  /** Log-probability and bytes of each item, in bits. */
  BITS_PER_BYTE(
      "bits_per_byte", "bits that a byte of text takes", false, Likelihoods::bitsPerByte, 0),
  /** Right text and written text: BLEU of the whole corpus. */
  BLEU("bleu", "BLEU of all answers against the right ones", true, Bleu::ofCorpus, 100),
  /** The same: chrF2. */
  CHRF(
      "chrf",
      "chrF2 of all answers against the right ones",
      true,
      pairs -> CorpusChrf.of(pairs, 0),
      100),
  /** The same: chrF2++, with words and pairs of words. */
  CHRF_WORDS(
      "chrf++",
      "chrF2++ of all answers against the right ones",
      true,
      pairs -> CorpusChrf.of(pairs, 2),
      100),
  /** The same: translation edit rate. */
  TER(
      "ter",
      "edits that make the right texts of the answers, per hundred words",
      false,
      TranslationEdits::of,
      100),
  /** Right text and written text: mean F1 of their words. */
  WORD_F1("word_f1", "F1 of the words of answer and right text", true, WordOverlap::of, 0),
  /** Right text and written text: F1 of the labelled spans in all of them. */
  SPAN_F1("span_f1", "F1 of the labelled spans of all answers", true, SpanOverlap::of, 0),
  /** Right number and the probabilities of all choices: their squared distance. */
  BRIER(
      "brier_score",
      "squared distance of the choices' probabilities from the right one's",
      false,
      Likelihoods::brier,
      0);

  private final String harnessName;
  private final String meaning;
  private final boolean higherIsBetter;
  private final Function<List<List<Object>>, Statistic> over;
  private final int replicates;

  Aggregate(
      String harnessName,
      String meaning,
      boolean higherIsBetter,
      Function<List<List<Object>>, Statistic> over,
      int replicates) {
    this.harnessName = harnessName;
    this.meaning = meaning;
    this.higherIsBetter = higherIsBetter;
    this.over = over;
    this.replicates = replicates;
  }

  /** The aggregation of that name; empty where there is none, and for the mean. */
  public static Optional<Aggregate> named(String name) {
    return Arrays.stream(values()).filter(known -> known.harnessName.equals(name)).findFirst();
  }

  /** The name of the harness's registry; of its functions where they have none there. */
  public String harnessName() {
    return harnessName;
  }

  /** What the value says, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** Whether a higher value is a better one. */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** Whether items give their right and their chosen class. */
  public boolean ofClasses() {
    return switch (this) {
      case F1, WEIGHTED_F1, MACRO_F1, MICRO_F1, MATTHEWS -> true;
      default -> false;
    };
  }

  /** Whether items give their right and their written text. */
  public boolean ofTexts() {
    return switch (this) {
      case BLEU, CHRF, CHRF_WORDS, TER, WORD_F1, SPAN_F1 -> true;
      default -> false;
    };
  }

  /** Whether values are shares of one; else they are shown as they are. */
  public boolean share() {
    return ofClasses() || this == WORD_F1 || this == SPAN_F1;
  }

  /** The value over draws of items. */
  Statistic over(List<List<Object>> items) {
    return over.apply(items);
  }

  /** The value over all items. */
  public double of(List<List<Object>> items) {
    return over(items).over(IntStream.range(0, items.size()).toArray());
  }

  /**
   * Its standard error, by the bootstrap that the harness takes; NaN where the harness gives none,
   * and below two items.
   */
  public double standardError(List<List<Object>> items) {
    return replicates == 0 || items.size() < 2
        ? Double.NaN
        : Bootstrap.standardError(over(items), items.size(), replicates);
  }

  /** A number over a draw of a task's items, which may hold an item several times. */
  @FunctionalInterface
  public interface Statistic {
    /**
     * Computes it.
     *
     * @param items numbers of the items, counted from 0
     */
    double over(int[] items);
  }
}
