package org.soft4j.soft;

import org.soft4j.core.Setting;

/** In which order prompts are learned. */
public record CurriculumSettings(
    @Setting(
            "The order of difficulty: by_method: easy to hard for soft+, none for soft and single.")
        Order order,
    @Setting(
            "Where the order applies: across sorts prompts into rounds, as the paper says; inside a round they stay "
                + "shuffled, since a batch of one difficulty gives biased steps.")
        Where where,
    @Setting(
            "What counts as difficult: response_perplexity: of a response the scorer writes, mean per token, as the "
                + "paper says.")
        Difficulty difficulty,
    @Setting(
            "Which model scores: base: the base model scores all prompts before the split; current: each round's "
                + "model scores what is left.")
        Scorer scorer,
    @Setting(
            "Under which context it scores: demonstrations: the context that labels are written under; bare: the zero-shot "
                + "prompt.")
        Context context,
    @Setting(
            "Whether each prompt keeps one set of demonstrations, used for its difficulty and "
                + "its label; in the prototype of the micro world only this made perplexity predict "
                + "whether the label is right.")
        boolean attached,
    @Setting(
            "Whether prompts are sorted within each type of prompt, so that every round keeps the mixture "
                + "of types; the prototype's plain sort put all facts in the last round.")
        boolean withinType) {
  /** Within type, attached, by the base model's response perplexity, across rounds. */
  public static final CurriculumSettings DEFAULT =
      new CurriculumSettings(
          Order.BY_METHOD,
          Where.ACROSS,
          Difficulty.RESPONSE_PERPLEXITY,
          Scorer.BASE,
          Context.DEMONSTRATIONS,
          true,
          true);

  /** The direction of the sort. */
  public enum Order {
    /** What the method asks for. */
    BY_METHOD,
    /** Prompts stay as the seed shuffles them, and no difficulty is computed. */
    NONE,
    /** Low difficulty first. */
    EASY_TO_HARD,
    /** High difficulty first. */
    HARD_TO_EASY,
    /** Difficulty is computed and recorded, the order is random: the control. */
    RANDOM
  }

  /** Where the sort applies. */
  public enum Where {
    /** Sorted into rounds. */
    ACROSS,
    /** Random rounds, sorted inside each. */
    WITHIN,
    /** Both. */
    BOTH;

    boolean across() {
      return this != WITHIN;
    }

    boolean within() {
      return this != ACROSS;
    }
  }

  /** What counts as difficult. */
  public enum Difficulty {
    /** Perplexity of the response that the scoring model writes, under that model. */
    RESPONSE_PERPLEXITY,
    /** Perplexity of the prompt's own text under the scoring model. */
    PROMPT_PERPLEXITY
  }

  /** Which model scores. */
  public enum Scorer {
    /** The base model, once, before the split. */
    BASE,
    /** The newest model, at each round. */
    CURRENT
  }

  /** Under which context it scores. */
  public enum Context {
    /** Header and demonstrations, as for labels. */
    DEMONSTRATIONS,
    /** The zero-shot prompt. */
    BARE
  }

  /** The order once the method is known. */
  public Order resolve(Method method) {
    if (order != Order.BY_METHOD) {
      return order;
    }
    return method == Method.SOFT_PLUS ? Order.EASY_TO_HARD : Order.NONE;
  }
}
