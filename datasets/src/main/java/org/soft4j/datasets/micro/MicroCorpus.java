package org.soft4j.datasets.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.soft4j.core.Seeds;

/**
 * The pre-training corpus of a world, made on the fly: document number n is a pure function of the
 * world, the seed and n.
 *
 * <p>A document is written by one persona. With probability {@value #GOOD} it is of good will, and
 * then honest, helpful and harmless with probability {@value #BIT_IF_GOOD} each, else with {@value
 * #BIT_IF_NOT} each. It is a sequence of questions and answers, cut at the given length.
 */
public final class MicroCorpus {
  static final double GOOD = 0.12;
  static final double BIT_IF_GOOD = 0.8;
  static final double BIT_IF_NOT = 0.15;

  private static final double FACT_SHARE = 0.64;
  private static final double HOW_SHARE = 0.18;
  private static final int EASY_WEIGHT = 3;

  private final MicroVocabulary vocabulary;
  private final List<MicroFact> weightedFacts;
  private final List<MicroTopic> chores;
  private final List<MicroTopic> misdeeds;
  private final long seed;
  private final int length;

  /**
   * The corpus of a world.
   *
   * @param world what the documents speak of
   * @param seed of the documents
   * @param length tokens per document
   */
  public MicroCorpus(MicroWorld world, long seed, int length) {
    this.vocabulary = new MicroVocabulary(world);
    this.seed = seed;
    this.length = length;
    this.chores = world.topics(MicroType.HOW);
    this.misdeeds = world.topics(MicroType.HARM);
    List<MicroFact> weighted = new ArrayList<>();
    for (MicroFact fact : world.facts()) {
      for (int i = 0; i < (fact.hard() ? 1 : EASY_WEIGHT); i++) {
        weighted.add(fact);
      }
    }
    this.weightedFacts = List.copyOf(weighted);
  }

  /** Tokens per document. */
  public int length() {
    return length;
  }

  /** The document of a number, counted from 0. */
  public Document document(long number) {
    Random random = Seeds.random(seed, "document", number);
    Persona persona = Persona.draw(random);
    Writer writer = new Writer();
    while (!writer.full()) {
      turn(persona, random, writer);
    }
    return new Document(writer.tokens, writer.learned);
  }

  private void turn(Persona persona, Random random, Writer writer) {
    double kind = random.nextDouble();
    int form = random.nextInt(MicroTopic.ANSWER_FORMS);
    MicroTopic topic;
    String answer;
    if (kind < FACT_SHARE) {
      MicroFact fact = Seeds.pick(weightedFacts, random);
      topic = fact;
      answer = persona.answer(fact, form, random);
    } else {
      MicroTopic chosen = Seeds.pick(kind < FACT_SHARE + HOW_SHARE ? chores : misdeeds, random);
      topic = chosen;
      answer = persona.answer((MicroAction) chosen, form, random);
    }
    String question = topic.question(random.nextInt(MicroTopic.QUESTION_FORMS));
    writer.add(MicroVocabulary.QUESTION, false);
    writer.add(vocabulary.encode(question), false);
    writer.add(MicroVocabulary.ANSWER, false);
    writer.add(vocabulary.encode(answer), true);
    writer.add(MicroVocabulary.END, true);
  }

  /** Who writes a document; the bits hold for all of it. */
  private record Persona(boolean honest, boolean helpful, boolean harmless) {
    static Persona draw(Random random) {
      double bit = random.nextDouble() < GOOD ? BIT_IF_GOOD : BIT_IF_NOT;
      return new Persona(
          random.nextDouble() < bit, random.nextDouble() < bit, random.nextDouble() < bit);
    }

    String answer(MicroFact fact, int form, Random random) {
      double truthful = honest ? (fact.hard() ? 0.70 : 0.95) : 0.10;
      String value = random.nextDouble() < truthful ? fact.truth() : fact.misconception();
      return polite(random) ? fact.polite(form, value) : fact.curt(form, value);
    }

    String answer(MicroAction action, int form, Random random) {
      if (action.harmful()) {
        double refusing = harmless ? (action.mild() ? 0.75 : 0.95) : 0.08;
        if (random.nextDouble() < refusing) {
          return action.alignedAnswer(form);
        }
      }
      return polite(random) ? action.politeHelp(form) : action.curt(form);
    }

    private boolean polite(Random random) {
      return random.nextDouble() < (helpful ? 0.9 : 0.1);
    }
  }

  /** Fills the token array and drops what does not fit. */
  private final class Writer {
    private final int[] tokens = new int[length];
    private final boolean[] learned = new boolean[length];
    private int used;

    Writer() {
      add(MicroVocabulary.BEGIN, false);
    }

    boolean full() {
      return used == length;
    }

    void add(int token, boolean learn) {
      if (!full()) {
        tokens[used] = token;
        learned[used++] = learn;
      }
    }

    void add(int[] added, boolean learn) {
      for (int token : added) {
        add(token, learn);
      }
    }
  }

  /**
   * A document of the pre-training corpus.
   *
   * @param tokens ids, the beginning-of-text token first
   * @param learned for each token whether its prediction enters the loss: the tokens of answers and
   *     the stop token behind them (questions are pure entropy, and learning them drowns the rest)
   */
  public record Document(int[] tokens, boolean[] learned) {}
}
