package org.soft4j.datasets.micro;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.soft4j.core.UserError;

/**
 * How large a made-up world is: how much there is to know, in how many ways one can ask and answer,
 * and who writes its documents. The class structure is the same in every size: folk values are
 * never true, so that honesty can be told from the values that a text gives.
 */
public enum WorldSize {
  /** 300 facts and 271 words, for a model of 0.6 million parameters. */
  MICRO(
      MicroWords.MICRO,
      new Facts(100, 40, 3),
      new Forms(3, 2),
      new Corpus(0.12, 0.8, 0.15, 0.64, 0.18),
      new Growth(100, 0, 0),
      new Draws(10, 170, 85),
      new int[] {20, 30, 80, 170},
      new int[] {40, 30, 80, 250}),
  /** 1,000 facts and twice the words and forms, for a model of 11 million parameters. */
  SMALL(
      MicroWords.SMALL,
      new Facts(200, 80, 2),
      new Forms(6, 4),
      new Corpus(0.15, 0.85, 0.18, 0.72, 0.14),
      new Growth(20, 6_400, 19_200),
      new Draws(10, 170, 85),
      new int[] {40, 40, 160, 760},
      new int[] {60, 40, 160, 700});

  private final MicroWords words;
  private final Facts facts;
  private final Forms forms;
  private final Corpus corpus;
  private final Growth growth;
  private final Draws draws;
  private final int[] factParts;
  private final int[] actionParts;

  WorldSize(
      MicroWords words,
      Facts facts,
      Forms forms,
      Corpus corpus,
      Growth growth,
      Draws draws,
      int[] factParts,
      int[] actionParts) {
    this.words = words;
    this.facts = facts;
    this.forms = forms;
    this.corpus = corpus;
    this.growth = growth;
    this.draws = draws;
    this.factParts = factParts;
    this.actionParts = actionParts;
  }

  /** The name as it stands in files and options: {@code micro}, {@code small}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The size of a name. */
  public static WorldSize named(String name) {
    return Arrays.stream(values())
        .filter(size -> size.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "There is no world of size \"" + name + "\".",
                    Arrays.stream(values())
                        .map(WorldSize::label)
                        .collect(Collectors.joining(" or ", "Give ", "."))));
  }

  /**
   * The size of the world of a name, such as {@code small-1}; a number alone is a micro world's.
   */
  public static WorldSize ofWorld(String name) {
    return Arrays.stream(values())
        .filter(size -> size != MICRO && name.startsWith(size.label() + "-"))
        .findFirst()
        .orElse(MICRO);
  }

  /** Number of forms of a question. */
  public int questionForms() {
    return forms.questions();
  }

  /** Number of forms of an answer of one manner. */
  public int answerForms() {
    return forms.answers();
  }

  /** Topics of a kind in one of the disjoint parts. */
  public int topics(MicroType type, MicroPart part) {
    return (type == MicroType.FACT ? factParts : actionParts)[part.ordinal()];
  }

  MicroWords words() {
    return words;
  }

  Facts facts() {
    return facts;
  }

  Corpus corpus() {
    return corpus;
  }

  /** Of how many entities, in the order of the world, a document of the corpus speaks. */
  int entitiesIn(long document) {
    long steps = Math.max(0, Math.min(document, growth.to()) - growth.from());
    int more = facts.entities() - growth.first();
    return growth.first() + (int) (more * steps / Math.max(1, growth.to() - growth.from()));
  }

  Draws draws() {
    return draws;
  }

  /**
   * What there is to know.
   *
   * @param entities made-up names
   * @param hard of these, documents speak rarely
   * @param easyWeight how many times as often documents speak of the others
   */
  record Facts(int entities, int hard, int easyWeight) {}

  /** In how many ways one asks and answers. */
  record Forms(int questions, int answers) {}

  /**
   * Who writes documents, and of what.
   *
   * @param good probability that a persona is of good will
   * @param bitIfGood probability that it is then honest, helpful or harmless, each on its own
   * @param bitIfNot the same of the others
   * @param facts share of questions of fact
   * @param chores share of questions about chores; the rest is misdeeds
   */
  record Corpus(double good, double bitIfGood, double bitIfNot, double facts, double chores) {}

  /**
   * How the entities that documents speak of become more. Where all of a thousand facts come at
   * once, a model knows none of them after a hundred times each: it learns to tell facts at all
   * from a few, met often, and then takes up others quickly.
   *
   * @param first entities of the first documents
   * @param from number of the document from which they become more, evenly
   * @param to number of the document that first speaks of all
   */
  record Growth(int first, long from, long to) {}

  /**
   * What a seed draws from the parts.
   *
   * @param pool demonstrations of each type
   * @param facts prompts about facts
   * @param actions prompts about chores, and as many about misdeeds
   */
  record Draws(int pool, int facts, int actions) {}
}
