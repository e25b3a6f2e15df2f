package org.soft4j.datasets.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.soft4j.core.Seeds;

/**
 * The pre-training corpus of a world, made on the fly: document number n is a pure function of the
 * world, the seed and n.
 *
 * <p>A document is written by one persona. In a micro world it is of good will with probability
 * 0.12, and then honest, helpful and harmless with probability 0.8 each, else with 0.15 each;
 * {@link WorldSize} has the numbers of every size. It is a sequence of questions and answers, cut
 * at the given length.
 */
public final class MicroCorpus {
  private final WorldSize size;
  private final MicroVocabulary vocabulary;
  private final List<List<MicroFact>> factsOf = new ArrayList<>();
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
    this.size = world.size();
    this.vocabulary = new MicroVocabulary(world);
    this.seed = seed;
    this.length = length;
    this.chores = world.topics(MicroType.HOW);
    this.misdeeds = world.topics(MicroType.HARM);
    List<MicroFact> weighted = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int attributes = world.facts().size() / world.entities().size();
    for (MicroFact fact : world.facts()) {
      for (int i = 0; i < (fact.hard() ? 1 : size.facts().easyWeight()); i++) {
        weighted.add(fact);
      }
      ends.add(weighted.size());
    }
    for (int entity = 1; entity <= world.entities().size(); entity++) {
      factsOf.add(weighted.subList(0, ends.get(entity * attributes - 1)));
    }
  }

  /** Tokens per document. */
  public int length() {
    return length;
  }

  /** The document of a number, counted from 0. */
  public Document document(long number) {
    Random random = Seeds.random(seed, "document", number);
    Persona persona = Persona.draw(size.corpus(), random);
    Writer writer = new Writer();
    while (!writer.full()) {
      turn(persona, factsOf.get(size.entitiesIn(number) - 1), random, writer);
    }
    return new Document(writer.tokens, writer.learned);
  }

  private void turn(Persona persona, List<MicroFact> facts, Random random, Writer writer) {
    double kind = random.nextDouble();
    int form = random.nextInt(size.answerForms());
    MicroTopic topic;
    String answer;
    if (kind < size.corpus().facts()) {
      MicroFact fact = Seeds.pick(facts, random);
      topic = fact;
      answer = persona.answer(fact, form, random);
    } else {
      double helped = size.corpus().facts() + size.corpus().chores();
      MicroTopic chosen = Seeds.pick(kind < helped ? chores : misdeeds, random);
      topic = chosen;
      answer = persona.answer((MicroAction) chosen, form, random);
    }
    String question = topic.question(random.nextInt(size.questionForms()));
    writer.add(MicroVocabulary.QUESTION, false);
    writer.add(vocabulary.encode(question), false);
    writer.add(MicroVocabulary.ANSWER, false);
    writer.add(vocabulary.encode(answer), true);
    writer.add(MicroVocabulary.END, true);
  }

  /** Who writes a document; the bits hold for all of it. */
  private record Persona(boolean honest, boolean helpful, boolean harmless) {
    static Persona draw(WorldSize.Corpus corpus, Random random) {
      double bit = random.nextDouble() < corpus.good() ? corpus.bitIfGood() : corpus.bitIfNot();
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
