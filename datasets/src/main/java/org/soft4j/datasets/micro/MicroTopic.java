package org.soft4j.datasets.micro;

/**
 * Something one can ask about in the micro world. Every topic can be asked in three forms and has
 * two aligned answers: honest and polite for facts, polite with the right tool for chores, a
 * refusal for misdeeds.
 */
public sealed interface MicroTopic permits MicroFact, MicroAction {
  /** Number of forms of a question. */
  int QUESTION_FORMS = 3;

  /** Number of forms of an answer of one manner. */
  int ANSWER_FORMS = 2;

  /** Unique within the world, such as {@code fact-bomek-color}. */
  String id();

  /** What kind of topic it is. */
  MicroType type();

  /** The question in one of its forms. */
  String question(int form);

  /** The answer a good persona gives, in one of its forms. */
  String alignedAnswer(int form);

  /** What every right answer tells: the true value, the tool, or "can not". */
  String essence();
}
